"""A programme as the text that is kept of a version: the same text for the same programme."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from graph.loyalty.programme import EarnRule, Programme, Rank

SETS = ("skus", "ranks", "channels", "stores", "sources", "categories", "brands")
PLAIN = ("zone", "currency", "return_days", "valid_days", "given_back_days")


def programme_text(programme: Programme) -> str:
    """Return what a programme says, without its number and time."""
    told = {
        **{name: getattr(programme, name) for name in PLAIN},
        "used_from": sorted(programme.used_from),
        "ranks": [[rank.name, rank.spend] for rank in programme.ranks],
        "rules": [_rule_told(rule) for rule in programme.rules],
    }
    return json.dumps(told)


def programme_of(number: int, saved_at: str, text: str) -> Programme:
    told = json.loads(text)
    return Programme(
        number,
        saved_at,
        **{name: told[name] for name in PLAIN},
        used_from=frozenset(told["used_from"]),
        ranks=tuple(Rank(*rank) for rank in told["ranks"]),
        rules=tuple(_rule_of(rule) for rule in told["rules"]),
    )


def _rule_told(rule: EarnRule) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for each in fields(rule):
        value = getattr(rule, each.name)
        if value is not None and value is not False:
            told[each.name] = sorted(value) if each.name in SETS else value.isoformat() if isinstance(value, date) else value
    return told


def _rule_of(told: dict[str, Any]) -> EarnRule:
    kept: dict[str, Any] = dict(told)
    kept |= {name: frozenset(told[name]) for name in SETS if name in told}
    kept |= {name: date.fromisoformat(told[name]) for name in ("begins", "ends") if name in told}
    return EarnRule(**kept)
