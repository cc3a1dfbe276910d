"""Values that identify nobody or too many: kept on the record as told, joining nobody, and cheap however many hold them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import pytest

from graph.commands.command import Author
from graph.decisions.deciding import decide
from graph.decisions.identifiers import free
from graph.identity.blocking import NOTHING_LISTED, ListedValues, read_listed_values
from graph.intake.reading import read_event
from graph.intake.record import record
from tests.conftest import wipe

if TYPE_CHECKING:
    from graph.intake.receipts import Receipt
    from graph.store import Store, Transaction

KEY = b"a key for tests"
T = TypeVar("T")
Raw = dict[str, Any]
PARTITION = "MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN c.id, collect(r.external_id)"
TIMELINE = "MATCH (r:SourceRecord)-[:DID]->(t:Touchpoint) RETURN t.external_id, r.external_id"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


def person(subject: str, given: str | None, *values: tuple[str, str], at: str = "2026-01", family: str = "試験") -> Raw:
    identifiers = [{"kind": kind, "value": value} for kind, value in values]
    data: Raw = {"identifiers": identifiers} | ({"name": {"family": family, "given": given}} if given else {})
    return event("person", subject, at, data)


def order(subject: str, at: str, *values: tuple[str, str]) -> Raw:
    by = {"identifiers": [{"kind": kind, "value": value} for kind, value in values]}
    return event("order", subject, at, {"currency": "JPY", "total": "100", "by": by})


def event(kind: str, subject: str, at: str, data: Raw) -> Raw:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/till", "id": f"{subject} {at}"}
    return {**envelope, "subject": subject, "time": f"{at}-01T10:00:00Z", "data": data}


async def send(store: Store, *raws: Raw, listed: ListedValues = NOTHING_LISTED) -> list[Receipt]:
    return await record(store, [read_event(raw, KEY, listed) for raw in raws])


async def customers(store: Store) -> set[frozenset[str]]:
    return {frozenset(members) for _, members in await store.read(PARTITION)}


def groups(*members: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in members}


async def test_a_toll_free_number_stays_on_the_record_and_joins_nobody(graph: Store) -> None:
    toll_free = ("PHONE", "０１２０−１２３−４５６")
    await send(graph, person("a", "太郎", toll_free), person("b", "太郎", toll_free), order("o1", "2026-02", toll_free))
    assert await customers(graph) == groups("a", "b")
    told = "MATCH (:SourceRecord {external_id: 'a'})-[h:HAS_IDENTIFIER]->(i) RETURN h.original, i.state, i.reason, i.holders"
    assert await graph.read(told) == [["０１２０−１２３−４５６", "BLOCKED", "LISTED", []]]
    assert await graph.read("MATCH (c:Customer) RETURN DISTINCT c.phone") == [[None]]
    assert await graph.read(TIMELINE) == []


@pytest.mark.parametrize("kind", ["PHONE", "EMAIL", "MEMBER_NUMBER"])
async def test_an_empty_value_says_nothing_and_refuses_nothing(graph: Store, kind: str) -> None:
    values: list[Any] = ["", " \u3000", None]
    receipts = await send(graph, *(person(str(place), "太郎", (kind, value)) for place, value in enumerate(values)))
    calls = await send(graph, *(order(f"o{place}", "2026-02", (kind, value)) for place, value in enumerate(values)))
    assert [(each.outcome, each.warnings) for each in (*receipts, *calls)] == [("CREATED", ())] * 6
    assert await customers(graph) == groups("0", "1", "2")
    assert await graph.read("MATCH (:SourceRecord)-[h:HAS_IDENTIFIER]->() RETURN h") == []
    assert await graph.read(TIMELINE) == []


async def test_what_is_no_number_is_kept_as_text_and_ties_nobody(graph: Store) -> None:
    broken = ("PHONE", "8.17022E+11")
    receipts = await send(graph, person("a", "太郎", broken), person("b", "太郎", broken), order("o1", "2026-02", broken))
    assert [[(each.code, each.pointer) for each in receipt.warnings] for receipt in receipts] == [
        [("UNREADABLE_PHONE", "/data/identifiers/0/value")],
        [("UNREADABLE_PHONE", "/data/identifiers/0/value")],
        [("UNREADABLE_PHONE", "/data/by/identifiers/0/value")],
    ]
    assert await customers(graph) == groups("a", "b")
    found = "MATCH (i:Identifier) RETURN i.value, i.suffix, i.state, i.reason, i.holders"
    assert await graph.read(found) == [["8.17022E+11", "2E11", "BLOCKED", "UNREADABLE", []]]
    assert await graph.read("MATCH (c:Customer) RETURN DISTINCT c.phone") == [[None]]
    assert await graph.read(TIMELINE) == []


async def test_a_repeat_is_answered_with_the_warnings_of_the_first_time(graph: Store) -> None:
    event = person("a", "太郎", ("PHONE", "070-2222-991"), ("EMAIL", "shiken taro@example.jp"))
    [first], [again] = await send(graph, event), await send(graph, event)
    assert len(first.warnings) == 2
    assert (again.outcome, again.warnings) == ("REPEATED", first.warnings)


async def test_a_caller_who_withholds_the_number_is_told_from_an_unknown_one(graph: Store) -> None:
    values = ["非通知", "公衆電話", "表示圏外", "なし", "090-1000-4199", "8.17022E+11"]
    receipts = await send(graph, *(order(f"o{number}", "2026-02", ("PHONE", value)) for number, value in enumerate(values)))
    rules = ["WITHHELD", "PAY_PHONE", "NOT_SHOWN", "NOBODY_KNOWN", "NOBODY_KNOWN", "NOBODY_KNOWN"]
    assert [(receipt.outcome, receipt.rule, receipt.customer_id) for receipt in receipts] == [
        ("CREATED", rule, None) for rule in rules
    ]
    kept = await graph.read("MATCH (t:Order) RETURN t.rule ORDER BY t.external_id")
    assert [row[0] for row in kept] == rules


async def test_a_number_that_the_company_lists_later_parts_whom_it_joined(graph: Store) -> None:
    own = ("PHONE", "090-1000-4120")
    await send(graph, person("a", "太郎", own), person("b", "太郎", own))
    assert await customers(graph) == groups("a b")
    listed = read_listed_values({"values": {"PHONE": ["090-1000-4120"]}})
    await send(graph, person("c", "花子", own), listed=listed)
    assert await customers(graph) == groups("a", "b", "c")
    assert await graph.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN DISTINCT c.phone") == [[None]]


async def test_a_value_of_eight_given_names_joins_nobody_without_a_person(graph: Store) -> None:
    phone = ("PHONE", "090-1000-4121")
    await send(graph, person("a", "太郎", phone), person("b", "太郎", phone))
    await send(graph, *(person(f"other{number}", f"別{number}", phone) for number in range(6)))
    assert frozenset("ab") in await customers(graph)
    await send(graph, person("other6", "別6", phone))
    assert len(await customers(graph)) == 9
    asked = "MATCH (m:MatchCandidate {reason: 'MANY_NAMES'})-[:BETWEEN]->(r) RETURN collect(r.external_id)"
    assert {frozenset(row[0]) for row in await graph.read(asked)} == groups("a b")
    [[identifier]] = await graph.read("MATCH (i:Identifier {state: 'SHARED'}) RETURN i.id")
    await decide(graph, Author("tests", "steward", "freed"), free(identifier))
    assert frozenset("ab") in await customers(graph)


async def test_an_order_of_april_is_of_whoever_has_had_the_number_since_march(graph: Store) -> None:
    phone = ("PHONE", "090-1000-4122")
    before, after = order("before", "2026-02", phone), order("april", "2026-04", phone)
    await send(graph, before, after, person("former", "太郎", phone, at="2026-01"))
    assert await graph.read(TIMELINE + " ORDER BY t.external_id") == [["april", "former"], ["before", "former"]]
    await send(graph, person("new", "花子", phone, at="2026-03", family="見本"), person("nameless", None, phone, at="2026-05"))
    assert await customers(graph) == groups("former", "new nameless")
    assert await graph.read(TIMELINE + " ORDER BY t.external_id") == [["april", "new"], ["before", "former"]]
    # Reported again, it was hers too all along: from then on it is nobody's in particular who ordered in April.
    await send(graph, person("former", "太郎", phone, at="2026-06"))
    assert await graph.read(TIMELINE) == []


class Counted:
    """A store that counts what a write costs: statements, rows that come back, and bytes that are sent."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.cost = (0, 0, 0)
        self.require_room = store.require_room

    async def write(self, work: Callable[[Transaction], Awaitable[T]], **more: Any) -> T:
        async def counted(transaction: Transaction) -> T:
            self.cost = (0, 0, 0)
            return await work(_CountedTransaction(transaction, self))

        return await self._store.write(counted, **more)


class _CountedTransaction:
    def __init__(self, transaction: Transaction, counted: Counted) -> None:
        self._transaction = transaction
        self._counted = counted

    async def run(self, statement: Any, parameters: Any = None) -> list[list[Any]]:
        rows = await self._transaction.run(statement, parameters or {})
        statements, found, sent = self._counted.cost
        self._counted.cost = (statements + 1, found + len(orjson.dumps(rows, default=str)), sent + len(orjson.dumps(parameters)))
        return rows


async def test_the_thousandth_person_at_a_kiosk_costs_what_the_tenth_did(graph: Store) -> None:
    kiosk, counted = ("PHONE", "090-1000-4123"), Counted(graph)

    async def cost_of(number: int) -> tuple[int, int, int]:
        await record(counted, [read_event(kiosk_person(number), KEY)])  # pyright: ignore[reportArgumentType]
        return counted.cost

    def kiosk_person(number: int) -> Raw:
        return person(f"p{number:04}", f"名{number:04}", kiosk, ("MEMBER_NUMBER", f"M{number:04}"))

    calls = [order(f"call{number}", "2026-02", kiosk) for number in range(200)]
    await send(graph, *(kiosk_person(number) for number in range(9)))
    tenth = await cost_of(9)
    await send(graph, *(kiosk_person(number) for number in range(10, 999)))
    await send(graph, *calls)
    thousandth = await cost_of(999)
    assert all(late <= 1.5 * early for early, late in zip(tenth, thousandth, strict=True)), (tenth, thousandth)
