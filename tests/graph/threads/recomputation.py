"""Threads once more, slowly and from the raw events: every pair that has something in common, and then who reaches whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.graph.threads.streams import FAMILY, FORGED, OURS, Raw

TAKING_PART = {"CALL", "EMAIL", "CHAT_THREAD"}
WEEK = timedelta(days=7)
Told = dict[str, Any]


def interactions(events: Sequence[Raw]) -> dict[str, Told]:
    """Return what is known of each interaction, by source and subject: the newest of each attribute, the earliest time."""
    known: dict[str, Told] = {}
    contacts = [raw for raw in events if raw["type"] == "customer360.interaction.v1"]
    for raw in sorted(contacts, key=lambda raw: (raw["time"], raw["source"], raw["id"])):
        name = f"{raw['source']}:{raw['subject']}"
        told = known.setdefault(name, {"at": datetime.fromisoformat(raw["time"]), "source": raw["source"]})
        told.update(raw["data"])
    return {name: told for name, told in known.items() if told["kind"] in TAKING_PART}


def evidence(told: Told, shared: Collection[str]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return what ties whatever the time, and what ties within a week."""
    by = told.get("by") or {}
    values = {one["value"] for one in by.get("identifiers", ())}
    record = {f"record {by['record']['subject']}"} if "record" in by else set[str]()
    always: set[tuple[str, ...]] = set()
    headers = " ".join(filter(None, [told.get("messageId"), told.get("inReplyTo"), *(told.get("references") or [])]))
    for each in re.findall(r"<\S+>", headers):
        if each in OURS:
            always.add(("ours", each[1:55]))
        else:
            always |= {("message", each[1:38] if each in FORGED else each, who) for who in values | record}
    always |= {("ours", ours[1:55]) for ours in OURS if ours[1:55] in (told.get("text") or "")}
    for forged in FORGED:
        if forged[1:55] in (told.get("text") or ""):
            always |= {("message", forged[1:38], who) for who in values | record}
    always |= {(name, told["source"], told[name]) for name in ("reference", "conversation") if told.get(name)}
    topic = (told.get("topic") or "").replace("Ｄ", "d").strip()
    things = [("topic", topic)] if topic else []
    things += [("order", number) for number in told.get("orders") or ()]
    return always, {(*thing, who) for thing in things for who in (values - set(shared)) | record}


def recompute(events: Sequence[Raw], tied: Mapping[str, str] | None = None, apart: Collection[str] = ()) -> set[frozenset[str]]:
    """Return the threads of several interactions, by their names; `tied` and `apart` are what people said."""
    known = interactions(events)
    shared = {FAMILY} if any(raw["type"] == "customer360.person.v1" for raw in events) else set[str]()
    beside: dict[str, set[str]] = {name: set() for name in known}
    for near in (False, True):
        holders: dict[tuple[str, ...], list[str]] = {}
        for name in known.keys() - set(apart):
            for each in evidence(known[name], shared)[near]:
                holders.setdefault(each, []).append(name)
        for held in holders.values():
            for one, other in pairwise(sorted(held, key=lambda name: known[name]["at"])):
                if not near or known[other]["at"] - known[one]["at"] <= WEEK:
                    beside[one].add(other)
                    beside[other].add(one)
    for one, other in (tied or {}).items():
        beside[one].add(other)
        beside[other].add(one)
    return {frozenset(reached) for name in known if len(reached := _reached(name, beside)) > 1}


def _reached(name: str, beside: Mapping[str, set[str]]) -> set[str]:
    reached, ahead = {name}, [name]
    while ahead:
        new = beside[ahead.pop()] - reached
        reached |= new
        ahead += new
    return reached
