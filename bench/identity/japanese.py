"""The Japanese set: made-up people of `bench/likeness`, as systems report them, with what real systems add of errors.

Beside the households, twins, moves, marriages, reissued numbers, scripts and slips of the town itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from bench.likeness.people import Person, Town
from bench.likeness.systems import records
from graph.matching.by_rules import Raw, Reported, Ruled, ruled, told
from graph.matching.fields import Declared
from graph.matching.reading import Labelled

GAPLESS, FAMILY_MAIL, SWITCHBOARD, DEFAULT_PHONE, DEFAULT_MAIL, DEFAULT_NAME = 0.15, 0.03, 0.02, 0.01, 0.01, 0.005
"""Shares of records: a name without a gap, the mail of somebody of the household, the number of an employer, and fillers."""
_SWITCHBOARDS = 40
DECLARED = Declared(
    {
        "given_name": ("given",), "surname": ("family",), "full_name": ("full",), "given_kana": ("given_kana",),
        "surname_kana": ("family_kana",), "birth_date": ("born",), "gender": ("gender",), "email": ("mail",), "phone": ("phone",),
        "number": ("member",), "home": ("address",),
    }
)  # fmt: skip


def japanese(seed: str, people: int) -> tuple[Labelled, Ruled]:
    """Return the rows with their people, and what the rules make of their events."""
    reported, places = Reported(), dict[str, int]()
    rows: list[dict[str, Any]] = []
    owners: list[str] = []
    for person, raw in events(seed, people):
        places[told(raw, reported)] = len(rows)
        rows.append(_row(raw["data"]))
        owners.append(str(person.number))
    return Labelled(rows, ["one"] * len(rows), owners, 0), ruled(reported, places)


def events(seed: str, people: int) -> Iterator[tuple[Person, Raw]]:
    """Yield the events of at least so many people, each with whose it is."""
    town, random = Town(f"{seed} town"), Random(f"{seed} systems")
    for household in town.households():
        # No family register takes two people of one written name; the town draws such households now and then.
        if len({person.given.written for person in household}) < len(household):
            continue
        for person in household:
            for raw in records(person, random):
                _spoil(raw["data"], person, random)
                yield person, raw
        if town.people >= people:
            return


def _spoil(data: Raw, person: Person, random: Random) -> None:
    """Change what a record tells, now and then, as systems and tired people do."""
    for part in ("name", "kana"):
        if "full" in data.get(part, ()) and random.random() < GAPLESS:
            data[part] = {"full": "".join(data[part]["full"].split())}
    if random.random() < DEFAULT_NAME:
        data["name"] = {"full": random.choice(("未設定", "ゲスト", "不明"))}
    for claim in data["identifiers"]:
        if claim["kind"] == "EMAIL" and random.random() < FAMILY_MAIL:
            claim["value"] = random.choice(person.household).mail.at(1.0)
        elif claim["kind"] == "EMAIL" and random.random() < DEFAULT_MAIL:
            claim["value"] = "noreply@example.jp"
        elif claim["kind"] == "PHONE" and random.random() < SWITCHBOARD:
            claim["value"] = f"06-6990-{random.randrange(_SWITCHBOARDS):04d}"
        elif claim["kind"] == "PHONE" and random.random() < DEFAULT_PHONE:
            claim["value"] = random.choice(("000-0000-0000", "090-0000-0000"))


def _row(data: Raw) -> dict[str, Any]:
    """Return the row of a file that says what an event says."""
    row: dict[str, Any] = {"born": data.get("birthDate"), "gender": data.get("gender")}
    row["address"] = data.get("address", {}).get("full")
    for part, ending in (("name", ""), ("kana", "_kana")):
        name = data.get(part, {})
        whole = name.get("full", "").replace("　", " ")
        family, gap, given = whole.partition(" ")
        row[f"family{ending}"] = name.get("family") or (family if gap else None)
        row[f"given{ending}"] = name.get("given") or (given if gap else None)
        if whole and not gap:
            row.setdefault("full", whole)
    for column, kind in (("mail", "EMAIL"), ("phone", "PHONE"), ("member", "MEMBER_NUMBER")):
        row[column] = next((claim["value"] for claim in data["identifiers"] if claim["kind"] == kind), None)
    return row
