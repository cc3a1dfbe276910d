"""Rows of the graph as lots, redemptions and entries, and entries as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.loyalty.ledger import About, Entry, Ledger
from graph.loyalty.lots import Lot, Taken

LOT = ("granted", "remaining", "granted_at", "active_from", "expires_at", "active", "expired", "earned")


def lot_of(told: Mapping[str, Any]) -> Lot:
    return Lot(told["id"], **{name: told[name] for name in LOT}, order=told.get("order_id"))


def lot_rows(ledger: Ledger, known: Mapping[str, Lot]) -> list[dict[str, Any]]:
    """Return the lots that are new or other than `known` ones."""
    return [
        {
            "id": lot.id,
            "account": ledger.id,
            "properties": {
                **{name: getattr(lot, name) for name in LOT},
                **({"order_id": lot.order} if lot.order else {}),
                "account": ledger.id,
            },
        }
        for lot in ledger.lots.values()
        if known.get(lot.id) != lot
    ]


def entry_rows(ledger: Ledger) -> list[dict[str, Any]]:
    return [{"id": each.id, "account": ledger.id, "properties": _properties(ledger.id, each)} for each in ledger.posted]


def part_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Return what the entries moved in lots, with what of it was given back within the unit."""
    back = {(each.entry, each.lot): each for each in ledger.taken if each.lot}
    rows: list[dict[str, Any]] = []
    for entry in ledger.posted:
        for part in entry.parts:
            taken = back.get((entry.id, part.lot))
            given = {"back": taken.back, "undone": taken.undone} if taken else {}
            rows.append({"entry": entry.id, "lot": part.lot, "told": {"points": part.points, "place": part.place, **given}})
    return rows


def taken_of(entry: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> list[Taken]:
    """Return what an entry that redeemed took, from its properties and those of its parts with the ids of their lots."""
    own = (entry["id"], entry["account"])
    commanded = bool(entry.get("commanded"))
    lots = [
        Taken(
            *own, part["lot"], entry["at"], part["place"], -part["points"], part.get("back", 0), part.get("undone", 0), commanded
        )
        for part in parts
    ]
    if not entry["debt"]:
        return lots
    back, undone = entry.get("debt_back", 0), entry.get("debt_undone", 0)
    return [*lots, Taken(*own, None, entry["at"], 1_000_000, entry["debt"], back, undone, commanded)]


def _properties(account: str, entry: Entry) -> dict[str, Any]:
    plain = {name: getattr(entry, name) for name in ("number", "key", "kind", "at", "amount", "pending", "debt", "balance")}
    return {**plain, "account": account, "turn": f"{entry.number:09d}", **_about(entry.about)}


def _about(about: About) -> dict[str, Any]:
    told = {
        "actor": about.actor,
        "reason": about.reason,
        "order_id": about.order,
        "redemption": about.redemption,
        "other": about.other,
        "rules": list(about.rules),
        "rank": about.rank,
        "commanded": about.commanded,
    }
    return {name: value for name, value in told.items() if value}
