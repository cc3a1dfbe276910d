"""A rebuild reads again what records, contacts and consents were told: the graph becomes that of a fresh import."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given

from graph.commands.command import Author
from graph.decisions.deciding import decide
from graph.decisions.identifiers import block
from graph.events import claims, persons
from graph.identity.blocking import NOTHING_LISTED
from graph.identity.normalising.identifiers import UNREADABLE_PHONE, Normalised, Reading, read_identifier
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution import rekeying
from graph.resolution.attribution_steps import attribute_all
from graph.resolution.rebuild import rebuild
from graph.resolution.rebuild_parts import Position
from tests.conftest import wipe
from tests.graph.resolution.event_streams import streams
from tests.graph.resolution.fingerprint import Fingerprint, differences, fingerprint
from tests.graph.resolution.recomputation import recompute
from tests.laws import graph_law

if TYPE_CHECKING:
    from graph.store import Store, Transaction

KEY = b"a key for tests"
T = TypeVar("T")
Raw = dict[str, Any]
Reader = Callable[[str, str], Reading]


def nationally(kind: str, value: str) -> Reading:
    """Read as rules would that keep numbers in national digits and mail addresses in capitals."""
    today = read_identifier(kind, value)
    if kind in ("PHONE", "FAX"):
        return replace(today, values=tuple(replace(each, value=f"0{each.value[3:]}") for each in today.values))
    if kind == "EMAIL":
        return replace(today, values=tuple(replace(each, value=each.value.upper()) for each in today.values))
    return today


def as_text(kind: str, value: str) -> Reading:
    """Read as rules would that take a number without hyphens, or more than one, for text."""
    today = read_identifier(kind, value)
    if kind == "PHONE" and ("-" not in value or len(today.values) > 1):
        return Reading(today.text, problem=UNREADABLE_PHONE)
    return today


@contextmanager
def older_rules(reader: Reader) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "read_identifier", reader)
        patch.setattr(persons, "read_address", lambda _: None)
        patch.setattr(persons, "read_birth_date", lambda *_: None)
        patch.setattr(persons, "split_name", lambda _: (None, None))
        patch.setattr(persons, "without_titles", lambda part: part)
        yield


async def send(store: Store, events: Sequence[Raw]) -> None:
    await record(store, [read_event(raw, KEY) for raw in events])


async def loaded(store: Store, events: Sequence[Raw]) -> Fingerprint:
    await wipe(store)
    await send(store, events)
    return await fingerprint(store)


async def loaded_by_older_rules(store: Store, events: Sequence[Raw], reader: Reader) -> Fingerprint:
    with older_rules(reader):
        return await loaded(store, events)


async def rebuilt(store: Store, *, dry_run: bool = False) -> Fingerprint:
    async for _ in rebuild(store, NOTHING_LISTED, Position(), dry_run=dry_run, page=2):
        pass
    await attribute_all(store)
    return await fingerprint(store)


def event(kind: str, subject: str, data: Raw) -> Raw:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/till", "id": f"{kind}-{subject}"}
    return {**envelope, "subject": subject, "time": "2026-01-01T10:00:00Z", "data": data}


def person(subject: str, name: str, *values: tuple[str, str], **more: Any) -> Raw:
    identifiers = [{"kind": kind, "value": value} for kind, value in values]
    return event("person", subject, {"name": {"full": name}, "identifiers": identifiers, **more})


def call(subject: str, number: str, **by: Any) -> Raw:
    return event("interaction", subject, {"kind": "CALL", "by": {"identifiers": [{"kind": "PHONE", "value": number}], **by}})


def consent(subject: str, **data: Any) -> Raw:
    return event("consent", subject, {"purpose": "MARKETING", "state": "REFUSED", **data})


HYPHENED, PLAIN, OTHER, LANDLINE = "070-2222-9911", "07022229911", "07022229912", "0360004150"
TWO = "07022229913、070-2222-9914"
NAMED = {"record": {"source": "/till", "subject": "a"}}
EVENTS = [
    person("a", "試験 太郎", ("PHONE", PLAIN), ("POS_CARD", "C1")),
    person("b", "試験太郎様", ("PHONE", HYPHENED), birthDate="昭和63年8月8日"),
    person("c", "検体 花子", ("PHONE", OTHER), address={"full": "京都市中京区例通見本下る試験町132番地"}),
    person("d", "検体 花子", ("PHONE", OTHER), ("PHONE", LANDLINE), address={"full": "京都市中京区試験町132"}),
    person("e", "検体 次郎", ("PHONE", LANDLINE), ("PHONE", TWO)),
    person("f", "検体 次郎", ("PHONE", "070-2222-9914")),
    *(call(f"by a {number}", PLAIN) for number in range(5)),
    call("by b", HYPHENED),
    call("by nobody", "07022229915"),
    call("by either", LANDLINE),
    call("by e", TWO),
    call("named", PLAIN, **NAMED),
    consent("whole", by={**NAMED, "identifiers": [{"kind": "PHONE", "value": HYPHENED}]}),
    consent("once", contactPoint={"kind": "PHONE", "value": HYPHENED}),
]


async def test_what_was_kept_as_text_and_is_a_number_today_is_that_number(store: Store) -> None:
    fresh = await loaded(store, EVENTS)
    old = await loaded_by_older_rules(store, EVENTS, as_text)
    assert "Identifier PHONE::07022229911" in old.facts
    assert differences(old, fresh) != []
    assert differences(await rebuilt(store, dry_run=True), old) == []
    assert differences(await rebuilt(store), fresh) == []
    assert differences(await rebuilt(store), fresh) == []


async def test_whatever_form_values_had_contacts_and_consents_follow_them(store: Store) -> None:
    consents = [
        consent("of a", by=NAMED, contactPoint={"kind": "PHONE", "value": PLAIN}),
        consent("by point", by={"identifiers": [{"kind": "PHONE", "value": OTHER}]}),
        consent("of all", by={**NAMED, "identifiers": [{"kind": "PHONE", "value": OTHER}]}, purpose="SERVICE"),
    ]
    fresh = await loaded(store, [*EVENTS, *consents])
    old = await loaded_by_older_rules(store, [*EVENTS, *consents], nationally)
    assert differences(old, fresh) != []
    assert differences(await rebuilt(store), fresh) == []


class Cut(Exception):
    """The process is gone."""


class CutShort:
    """A store that is there for so many transactions."""

    def __init__(self, store: Store, writes: int) -> None:
        self._store, self._left = store, writes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def write(self, work: Callable[[Transaction], Awaitable[T]], **more: Any) -> T:
        if self._left == 0:
            raise Cut
        self._left -= 1
        return await self._store.write(work, **more)


async def test_a_rebuild_that_is_cut_short_after_any_transaction_ends_in_the_same_graph(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rekeying, "MOST_CONTACTS", 2)
    fresh = await loaded(store, EVENTS)
    writes, whole = 0, False
    while not whole:
        await loaded_by_older_rules(store, EVENTS, as_text)
        cut: Any = CutShort(store, writes)
        try:
            await rebuilt(cut)
            whole = True
        except Cut:
            writes += 1
        assert differences(await rebuilt(store), fresh) == []
    assert writes > 10


async def test_what_a_person_said_of_a_value_and_what_decisions_rest_on_follows_it(store: Store) -> None:
    both = [person("a", "試験 太郎", ("PHONE", PLAIN)), person("b", "試験 太郎", ("PHONE", PLAIN))]
    await loaded_by_older_rules(store, both, nationally)
    [[identifier]] = await store.read("MATCH (i:Identifier) RETURN i.id")
    await decide(store, Author("tests", "steward", "blocked"), block(identifier))
    await rebuilt(store)
    found = await store.read("MATCH (i:Identifier) RETURN i.key, i.state, i.reason, i.ruled, i.holders")
    assert found == [["PHONE::+817022229911", "BLOCKED", "PERSON", "BLOCKED", []]]
    assert len(await store.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id")) == 2
    evidence = await store.read(
        "MATCH (d:Decision) WHERE d.evidence IS NOT NULL RETURN d.rule, EXISTS { (:Identifier {id: d.evidence}) } ORDER BY d.rule"
    )
    assert evidence == [["MOBILE_NUMBER", True]] * 2


async def test_a_number_that_is_a_mobile_one_by_the_plan_of_today_ties_its_holders(store: Store) -> None:
    def as_landline(kind: str, value: str) -> Reading:
        found = read_identifier(kind, value)
        return replace(found, values=tuple(Normalised(each.value) for each in found.values))

    events = [person("a", "試験 太郎", ("PHONE", PLAIN)), person("b", "試験 太郎", ("PHONE", PLAIN)), call("c", PLAIN)]
    fresh = await loaded(store, events)
    old = await loaded_by_older_rules(store, events, as_landline)
    assert (len(old.partition), len(fresh.partition)) == (2, 1)
    assert differences(await rebuilt(store), fresh) == []


@graph_law(test=10, soak=100)
@given(events=streams())
async def test_any_graph_of_older_readings_becomes_the_recomputed_one(store: Store, events: list[Raw]) -> None:
    await loaded_by_older_rules(store, events, nationally)
    assert differences(await rebuilt(store), recompute(events)) == []
