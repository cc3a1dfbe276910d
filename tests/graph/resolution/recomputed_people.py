"""People, recomputed slowly from raw events: source records, identifiers, the partition and its refusals."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import combinations
from typing import Any

from tests.graph.resolution.recomputed_names import (
    DIFFERENT,
    DIFFERENT_SURNAMES,
    SAME,
    counted,
    given_alone,
    line,
    one_surname,
    together,
    whole,
)
from tests.graph.resolution.recomputed_ownership import Report, time_of_each

Raw = dict[str, Any]
Mark = tuple[str, str, str]
"""(time, source, event id)"""

FOREVER = "9999"
LARGEST_COMPONENT = 200
MOST_WITH_ONE_NAME = 40
MANY_USE_IT, A_PERSON_DECIDES, MOST_GIVEN_NAMES = 3, 8, 20
WIDTH_OF_SHARING = ["UNKNOWN", "PERSONAL", "HOUSEHOLD", "ORGANIZATION", "KIOSK"]
EXCLUSIVE = {"EC_ACCOUNT_ID", "APP_USER_ID", "LINE_USER_ID", "MEMBER_NUMBER", "POS_CARD"}
HOMES = {"大阪府見本市試験1-1": "見本市試験 1-1"}
"""Of the addresses that the streams give, those in which a home can be told; the other has a ward that Tokyo has not."""
GRAVEST_FIRST = ("GIVEN_NAME_DIFFERS", "SURNAME_DIFFERS", "BIRTH_DATE_DIFFERS")
ENTRY_MASKS = {None, "1900-01-01", "1970-01-01"}
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass
class Record:
    source: str
    external_id: str
    times: list[str] = field(default_factory=list)
    told: dict[str, list[tuple[Mark, Raw]]] = field(default_factory=lambda: defaultdict(list))
    names: set[str] = field(default_factory=set)
    claims: dict[str, list[tuple[str, Raw]]] = field(default_factory=lambda: defaultdict(list))

    def newest(self) -> Raw:
        properties: Raw = {}
        for _, values in (max(told, key=lambda pair: pair[0]) for told in self.told.values()):
            properties |= values
        return properties

    def ever(self, field: str) -> set[str]:
        """Return every text that `name` or `kana` has had, late events included."""
        return {text for _, parts in self.told.get(field, ()) if (text := name_text(parts, field))}

    def own_evidence(self) -> set[tuple[str, str]]:
        """Return what it can be known by without any identifier: its name and birth date or home, a given name by both."""
        day, home = self.newest().get("birth_date"), self.newest().get("home")
        at_home = {("NAME_AND_HOME", f"{name} {home}") for name in whole(self.names) if home and name.startswith("N:")}
        if day in ENTRY_MASKS:
            return at_home
        found = at_home | {("NAME_AND_BIRTH_DATE", f"{name} {day}") for name in whole(self.names)}
        return found | {("NAME_BIRTH_DATE_AND_HOME", f"{name} {day} {home}") for name in given_alone(self.names) if home}

    def current(self, field: str) -> str | None:
        return name_text(self.newest(), field)

    def stamps(self) -> dict[str, str]:
        return {name: "\t".join(max(mark for mark, _ in told)) for name, told in self.told.items()}

    def window(self, key: str) -> tuple[str, str]:
        """Return when the record holds the identifier, over all it said: from, and before."""
        said = [claim for _, claim in self.claims[key]]
        starts = [utc(claim["validFrom"]) for claim in said if claim.get("validFrom")]
        ends = [utc(claim["validTo"]) for claim in said if claim.get("validTo")]
        return max(starts, default=""), min(ends, default=FOREVER)

    def verified(self, key: str) -> bool:
        return any(claim.get("verified") for _, claim in self.claims[key])


@dataclass
class Identifier:
    kind: str
    scope: str
    value: str
    sharing: str = "UNKNOWN"
    contacts: bool = False
    failures: set[str] = field(default_factory=set)
    arrivals: set[str] = field(default_factory=set)
    """When mail to it is said to have come back for good, and to have arrived."""
    holders: set[str] = field(default_factory=set)
    state: str = "ACTIVE"
    reason: str | None = None
    names: int = 0

    @property
    def usable(self) -> bool:
        return self.state in {"ACTIVE", "SHARED"}

    def strength(self, *, verified: bool) -> int:
        """0 is exclusive, 1 links when nothing speaks against it, 2 with the whole name, 3 never links alone."""
        if WIDTH_OF_SHARING.index(self.sharing) >= WIDTH_OF_SHARING.index("HOUSEHOLD"):
            return 3
        if self.kind in EXCLUSIVE:
            return 0
        if self.kind == "EMAIL":
            return 1 if verified else 2
        return 1 if self.mobile else 3

    @property
    def mobile(self) -> bool:
        return self.kind == "PHONE" and self.value.startswith("+8190")


@dataclass
class Said:
    """What people have said: `same` are sets of records that are one person, `apart` pairs of sets that are not."""

    same: list[set[str]] = field(default_factory=list)
    apart: list[tuple[set[str], set[str]]] = field(default_factory=list)


@dataclass
class People:
    said: Said = field(default_factory=Said)
    records: dict[str, Record] = field(default_factory=dict)
    identifiers: dict[str, Identifier] = field(default_factory=dict)
    clusters: list[set[str]] = field(default_factory=list)
    refused: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(record, record, identifier, reason), one for each two clusters"""
    quarantined: set[str] = field(default_factory=set)
    times: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """identifier -> record -> since when and until when it is theirs"""

    def cluster_of(self, record: str) -> set[str]:
        return next(cluster for cluster in self.clusters if record in cluster)

    def names_of(self, identifier: str) -> set[str]:
        return counted({name for holder in self.identifiers[identifier].holders for name in self.records[holder].names})


def name_text(parts: Raw, field: str) -> str | None:
    """Return a name in one line: its parts in the order of their script, or else the whole."""
    family, given = parts.get(f"{field}_family"), parts.get(f"{field}_given")
    if not (family and given):
        return parts.get(f"{field}_full")
    return f"{family} {given}" if _JAPANESE.search(family + given) else f"{given} {family}"


def utc(time: str) -> str:
    return datetime.fromisoformat(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def mark_of(raw: Raw) -> Mark:
    return utc(raw["time"]), raw["source"], raw["id"]


def identifier_key(raw: Raw) -> str:
    return f"{raw['kind']}:{raw.get('scope', '')}:{raw['value']}"


def recompute_people(events: Iterable[Raw], said: Said) -> People:
    """Return everything about people that the events say together, and what people have said."""
    people = People(said)
    for raw in events:
        if raw["type"] == "customer360.person.v1":
            _tell(people, (raw["source"], raw["subject"]), mark_of(raw), raw["data"])
        elif by := raw["data"].get("by"):
            _tell_by(people, raw, by)
        if point := raw["data"].get("contactPoint"):
            _identifier(people, point)
    for key, record in people.records.items():
        for identifier in record.claims:
            people.identifiers[identifier].holders.add(key)
    for key, identifier in people.identifiers.items():
        identifier.names = _names_in_one_script(people.names_of(key))
        if identifier.names >= MOST_GIVEN_NAMES:
            identifier.state, identifier.reason = "QUARANTINED", "NAMES"
        elif identifier.names >= MANY_USE_IT:
            identifier.state = "SHARED"
    _quarantine(people)
    people.times = {key: own_times(people, key) for key, found in people.identifiers.items() if found.usable}
    _cluster(people)
    return people


def _names_in_one_script(names: set[str]) -> int:
    return max(Counter(name.split(":")[0] for name in names).values(), default=0)


def _tell_by(people: People, raw: Raw, by: Raw) -> None:
    named = by.get("record")
    person = by.get("person")
    for claim in by.get("identifiers", ()):
        found = _identifier(people, claim)
        found.contacts = found.contacts or raw["type"] != "customer360.consent.v1"
        status = raw["data"].get("deliveryStatus") or ""
        if claim["kind"] == "EMAIL" and status[:8] in ("FAILED 5", "DELIVERE"):
            (found.failures if status[0] == "F" else found.arrivals).add(utc(raw["time"]))
    if named:
        _record(people, named["source"], named["subject"]).times.append(utc(raw["time"]))
    if person is not None:
        who = (named["source"], named["subject"]) if named else (raw["source"], raw.get("subject", raw["id"]))
        _tell(people, who, mark_of(raw), person)


def _record(people: People, source: str, external_id: str) -> Record:
    return people.records.setdefault(f"{source}:{external_id}", Record(source, external_id))


def _identifier(people: People, claim: Raw) -> Identifier:
    return people.identifiers.setdefault(identifier_key(claim), Identifier(claim["kind"], claim.get("scope", ""), claim["value"]))


def _tell(people: People, who: tuple[str, str], mark: Mark, data: Raw) -> None:
    record = _record(people, *who)
    record.times.append(mark[0])
    for name in ("name", "kana"):
        if name in data:
            record.told[name].append((mark, _name(data[name], name)))
            if called := line(data[name]):
                record.names.add(called)
    if "birthDate" in data:
        text = data["birthDate"]
        readable = text if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        record.told["birthDate"].append((mark, {"birth_date": readable, "birth_date_text": text}))
    if "address" in data:
        full = (data["address"] or {}).get("full")
        home = blake2b(f"home\x1f{HOMES[full]}".encode(), digest_size=16).hexdigest() if full in HOMES else None
        record.told["address"].append((mark, {"address_full": full, "home": home}))
    for name in ("gender", "language"):
        if name in data:
            record.told[name].append((mark, {name: data[name]}))
    for name, value in data.get("attributes", {}).items():
        record.told[f"attributes.{name}"].append((mark, {f"attributes.{name}": value}))
    for claim in data.get("identifiers", ()):
        record.claims[identifier_key(claim)].append((mark[0], claim))
        found = _identifier(people, claim)
        found.sharing = max(found.sharing, claim.get("sharing", "UNKNOWN"), key=WIDTH_OF_SHARING.index)


def _name(name: Raw | None, prefix: str) -> Raw:
    full, family, given = ((name or {}).get(part) for part in ("full", "family", "given"))
    if full and _JAPANESE.search(full) and len(full.split()) == 2:
        family, given = full.split()
    parts = [part for part in (family, given) if part]
    joined = " ".join(parts if _JAPANESE.search("".join(parts)) else reversed(parts))
    return {f"{prefix}_full": full or joined or None, f"{prefix}_family": family, f"{prefix}_given": given}


def _linking(people: People, record: str) -> list[str]:
    """Return the identifiers by which a record can be linked."""
    found = people.records[record]
    return [key for key in found.claims if people.identifiers[key].strength(verified=found.verified(key)) < 2]


def _quarantine(people: People) -> None:
    """Whatever hangs together in more than 200 records stands alone, with every value that it could be linked by."""
    ties = {key: [i for i in _linking(people, key) if people.identifiers[i].usable] for key in people.records}
    tied_by_people = {key: ties[key] + [f"said {n}" for n, same in enumerate(people.said.same) if key in same] for key in ties}
    for evidence, records in _with_names(people).items():
        for key in records:
            tied_by_people[key].append(" ".join(evidence))
    for component in _components(tied_by_people):
        if len(component) > LARGEST_COMPONENT:
            people.quarantined |= component
            for key in component:
                for identifier in ties[key]:
                    people.identifiers[identifier].state, people.identifiers[identifier].reason = "QUARANTINED", "COMPONENT"


def own_times(people: People, key: str) -> dict[str, tuple[str, str]]:
    """Return when each holder holds the identifier: as told, and as numbers and mails change hands."""
    identifier = people.identifiers[key]
    reports = {
        holder: Report(
            *people.records[holder].window(key),
            tuple(time for time, _ in people.records[holder].claims[key]),
            counts=identifier.strength(verified=people.records[holder].verified(key)) == 1,
        )
        for holder in identifier.holders
    }

    def apart(one: str, other: str) -> bool:
        parted = _parted(people.said, {one}, {other})
        return parted or _conflict(people.records[one], people.records[other]) is not None

    def named_alike(one: str, other: str) -> bool:
        return together(people.records[one].names, people.records[other].names) == SAME and not apart(one, other)

    def handed_over(one: str, other: str) -> bool:
        said = _parted(people.said, {one}, {other})
        return said or (apart(one, other) and not _something_agrees(people, one, other, key))

    return time_of_each(reports, apart, named_alike, handed_over)


def _something_agrees(people: People, one: str, other: str, besides: str) -> bool:
    """Tell whether anything but one number speaks for one person, or for one family."""
    ours, theirs = people.records[one], people.records[other]
    if together(ours.names, theirs.names) == SAME or one_surname(ours.names, theirs.names):
        return True
    mine, yours = ours.newest(), theirs.newest()
    if mine.get("birth_date") not in ENTRY_MASKS and mine.get("birth_date") == yours.get("birth_date"):
        return True
    if mine.get("home") and mine["home"] == yours.get("home"):
        return True
    return bool({*_linking(people, one)} & {*_linking(people, other)} - {besides})


def _components(ties: dict[str, list[str]]) -> list[set[str]]:
    waiting, found = set(ties), []
    while waiting:
        component = {waiting.pop()}
        while more := {k for k in waiting if any(i in ties[m] for m in component for i in ties[k])}:
            component |= more
            waiting -= more
        found.append(component)
    return found


def _edges(people: People) -> list[tuple[int, str, str, str]]:
    edges = [(-1, one, other, "") for same in people.said.same for one, other in combinations(sorted(same), 2)]
    for key, identifier in people.identifiers.items():
        holders = sorted(h for h in identifier.holders if key in _linking(people, h) and h not in people.quarantined)
        for one, other in combinations(holders, 2) if identifier.usable else ():
            (starts, ends), (begins, finishes) = people.times[key][one], people.times[key][other]
            if max(starts, begins) < min(ends, finishes):
                edges.append((identifier.strength(verified=True), one, other, key))
    alike = {
        (2, one, other, evidence)
        for (evidence, _), records in _with_names(people).items()
        for one, other in combinations(sorted(records - people.quarantined), 2)
    }
    return sorted([*edges, *alike], key=lambda edge: (edge[0] < 0, edge))


def _with_names(people: People) -> dict[tuple[str, str], set[str]]:
    """Return who has a whole name in common, and a mail of their own or what they tell of themselves."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, record in people.records.items():
        for kind, what in record.own_evidence():
            found[kind, what].add(key)
        for mail in record.claims:
            identifier = people.identifiers[mail]
            if identifier.kind == "EMAIL" and identifier.usable and identifier.strength(verified=False) == 2:
                for name in whole(record.names):
                    found[mail, name].add(key)
    return {evidence: records for evidence, records in found.items() if 1 < len(records) <= MOST_WITH_ONE_NAME}


def _cluster(people: People) -> None:
    people.clusters = [{key} for key in people.records]
    refused: list[tuple[str, str, str, str]] = []
    for strength, one, other, identifier in _edges(people):
        ours, theirs = people.cluster_of(one), people.cluster_of(other)
        if ours is theirs or _parted(people.said, ours, theirs):
            continue
        if strength < 0:
            people.clusters = [c for c in people.clusters if c is not ours and c is not theirs] + [ours | theirs]
            continue
        pairs = [(people.records[a], people.records[b]) for a in ours for b in theirs]
        reasons = [_conflict(*pair, sure=strength == 0) for pair in pairs]
        if reason := next((why for why in GRAVEST_FIRST if why in reasons), None):
            refused.append((one, other, identifier, reason))
        elif strength == 1 and _nothing_to_compare(people, ours, theirs):
            refused.append((one, other, identifier, "NOTHING_TO_COMPARE"))
        elif _too_much(people, ours, theirs):
            refused.append((one, other, identifier, "TOO_MANY_VALUES"))
        elif identifier in people.identifiers and people.identifiers[identifier].names >= A_PERSON_DECIDES:
            refused.append((one, other, identifier, "MANY_NAMES"))
        else:
            people.clusters = [c for c in people.clusters if c is not ours and c is not theirs] + [ours | theirs]
    asked: list[set[str]] = []
    for one, other, identifier, reason in refused:
        ours, theirs = people.cluster_of(one), people.cluster_of(other)
        pair = ours | theirs
        if ours is theirs:
            continue  # what could not be compared was joined by others after all
        if pair not in asked and not _parted(people.said, ours, theirs):
            asked.append(pair)
            people.refused.append((one, other, identifier, reason))


def _too_much(people: People, ours: set[str], theirs: set[str]) -> bool:
    """One current account or card of a kind in a system; five mobiles, five verified mails."""
    tables: list[dict[str, set[str]]] = []
    for side in (ours, theirs, ours | theirs):
        table: dict[str, set[str]] = defaultdict(set)
        for key in side:
            for value in _linking(people, key):
                identifier = people.identifiers[value]
                if identifier.usable and people.records[key].window(value)[1] == FOREVER:
                    system = f"{identifier.scope} {people.records[key].source}" if identifier.kind in EXCLUSIVE else ""
                    table[f"{identifier.kind} {system}"].add(value)
        tables.append(table)
    one, other, both = tables
    return any(
        len(values) > max(1 if group.split()[0] in EXCLUSIVE else 5, len(one[group]), len(other[group]))
        for group, values in both.items()
    )


def _parted(said: Said, ours: set[str], theirs: set[str]) -> bool:
    return any((ours & a and theirs & b) or (ours & b and theirs & a) for a, b in said.apart)


def _conflict(one: Record, other: Record, *, sure: bool = False) -> str | None:
    """Return what speaks against one person; where a card or account is sure of it, one wrong digit of a birth date does not."""
    names = together(one.names, other.names)
    if names in (DIFFERENT, DIFFERENT_SURNAMES):
        return "GIVEN_NAME_DIFFERS" if names == DIFFERENT else "SURNAME_DIFFERS"
    born, given = one.newest().get("birth_date"), other.newest().get("birth_date")
    if born not in ENTRY_MASKS and given not in ENTRY_MASKS and born != given:
        slip = sum(a != b for a, b in zip(born or "", given or "", strict=True)) == 1
        return None if sure and slip and names == SAME else "BIRTH_DATE_DIFFERS"
    return None


def _nothing_to_compare(people: People, ours: set[str], theirs: set[str]) -> bool:
    """Tell whether names say nothing of each other; or one side has none, but an account, and there is one value in common."""
    sides = [[people.records[key] for key in side] for side in (ours, theirs)]
    pairs = [(one, other) for one in sides[0] for other in sides[1]]
    nameless = [keys for keys, side in zip((ours, theirs), sides, strict=True) if not any(record.names for record in side)]
    if not nameless:
        return not any(together(one.names, other.names) for one, other in pairs)
    values = [{value for key in side for value in _linking(people, key)} for side in (ours, theirs)]
    accounts = {value for keys in nameless for key in keys for value in _linking(people, key)}
    if not any(people.identifiers[value].strength(verified=True) == 0 for value in accounts):
        return False
    days = [{record.newest().get("birth_date") for record in side} - ENTRY_MASKS for side in sides]
    common = {value for value in values[0] & values[1] if people.identifiers[value].usable}
    return not days[0] & days[1] and len(common) < 2
