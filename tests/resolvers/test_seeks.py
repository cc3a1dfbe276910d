"""What is to be sought is sought, and never scanned, also where the statistics of the database say that there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from graph.local import LocalServer
from graph.store import Store, Transaction
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute
from tests.conftest import wipe
from tests.resolvers.conftest import ADMIN
from tests.resolvers.test_plans import Recording

SCANS = {"NodeIndexScan", "NodeByLabelScan", "AllNodesScan", "PartitionedNodeIndexScan", "PartitionedNodeByLabelScan"} | {
    f"{directed}Relationship{scan}Scan" for directed in ("Directed", "Undirected") for scan in ("Index", "Type")
}
PAGE = "(first: 5) { totalCount edges { node { __typename } } }"


def customer(selection: str) -> str:
    return f'{{ customer(by: {{id: "{ids.encode("Customer", "c")}"}}) {{ {selection} }} }}'


def timeline(chosen: str) -> str:
    return customer(f"timeline(filter: {{{chosen}}}, {PAGE[1:]}")


def store(selection: str) -> str:
    return f'{{ store(by: {{id: "{ids.encode("Store", "s")}"}}) {{ {selection} }} }}'


def day(selection: str) -> str:
    return f'{{ activity(from: "2030-01-01T00:00:00Z", to: "2030-01-02T00:00:00Z") {{ {selection} }} }}'


CASES = (
    "", "mine: true", "unassigned: true", 'team: "a"', "unanswered: true", "bounced: true", "overdue: true", "escalated: true",
    "priority: URGENT", 'topic: "A"', "state: WAITING_CUSTOMER", "listed: DONE", "state: CLOSED",
    'team: "a", topic: "A"', "snoozed: true", 'tag: "a"', 'escalatedTo: "a"', "snoozed: false", "escalated: false",
    'listed: DONE, tag: "a"', 'assignee: "a", tag: "a"', f'storeId: "{ids.encode("Store", "s")}"',
    f'customerId: "{ids.encode("Customer", "c")}", priority: HIGH',
)  # fmt: skip
COUNTS = (
    "open mine unassigned unanswered overdue bounced escalated waitingCustomer waitingInternal snoozed waitingTooLong "
    "promisedToday"
)
SOUGHT = {
    "timeline": timeline(""),
    "timeline of a kind": timeline("kinds: [CALL]"),
    "timeline of a channel": timeline("channels: [PHONE]"),
    "timeline of a kind by a channel": timeline("kinds: [CALL], channels: [PHONE]"),
    "orders": customer(f"orders{PAGE}"),
    "attention": customer(f'attention(asOf: "2030-01-01T00:00:00Z", {PAGE[1:]}'),
    "possible contacts": customer(f"possibleContacts{PAGE}"),
    "threads": customer(f"threads{PAGE}"),
    "customers": f"{{ customers{PAGE} }}",
    "stores": f"{{ stores{PAGE} }}",
    "figures": customer("metrics { lastSeen channelMix { touchpoints } }"),
    "household": customer("household { members { customer { id } } }"),
    "orders of a store": store(f"orders{PAGE}"),
    "interactions of a store": store(f"interactions{PAGE}"),
    "regulars of a store": store(f"regularCustomers{PAGE}"),
    "best sellers": store("bestSellers { orders }"),
    "counts of a day": day("counts { count }"),
    "orders of a day": day(f"orders{PAGE}"),
    "unanswered of a day": day(f"unanswered{PAGE}"),
    "stores of a day": day("stores { orders }"),
    "day before": day("previous"),
    "cases of a customer": customer(f"cases{PAGE}"),
    "promises of a customer": customer(f"promises{PAGE}"),
    "basket": customer("basket { version lines { quantity } handovers { id } }"),
    "seen products": customer(f"seenProducts{PAGE}"),
    "offers": customer(f"offers{PAGE}"),
    "history of a case": f'{{ case(by: {{id: "{ids.encode("Case", "k")}"}}) {{ history{PAGE} }} }}',
    "who is on cases": "{ cases(first: 5) { edges { node { presence { account writing } } } } }",
    "cases by their ids": f'{{ casesById(ids: ["{ids.encode("Case", "k")}"]) {{ presence {{ account }} }} }}',
    "counts of cases": f"{{ caseCounts {{ {COUNTS} }} }}",
    "counts of the cases of a team": f'{{ caseCounts(team: "a") {{ {COUNTS} }} }}',
    **{f"cases {chosen}": f"{{ cases(filter: {{{chosen}}}, {PAGE[1:]} }}" for chosen in CASES},
}

OF_EXPERTS = (
    "customers", "timeline", "orders", "threads", "interactions of a store", "cases of a customer", "promises of a customer",
    "history of a case", "cases ", "cases escalated: true",
)  # fmt: skip
EXPERT = Viewer("expert", frozenset({Role.EXPERT}))


async def bare(transaction: Transaction) -> None:
    await transaction.run(
        "UNWIND range(1, 50) AS i CREATE (:Customer {id: 'c' + i}), (:Touchpoint {id: 't' + i}), (:Store {id: 's' + i}), "
        "(:SourceRecord {key: 'r' + i}), "
        "(:Case {id: 'k' + i}), (:CaseEvent {id: 'e' + i}), (:CaseTag {id: 'g' + i}), (:Promise {id: 'm' + i}), "
        "(:CasePresence {key: 'p' + i}), (:BasketHandover {id: 'h' + i}), (:ProductView {id: 'v' + i}), (:Offer {id: 'o' + i})"
    )


@pytest.fixture(scope="module")
async def statistics_of_nothing(store: Store, neo4j_server: LocalServer) -> Any:
    """The database has counted when nodes had none of the properties that they are sought by."""
    await store.write(bare)
    with (
        neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver,
        driver.session() as session,
    ):
        session.run("CALL db.prepareForReplanning()").consume()
        yield session
        await wipe(store)
        session.run("CALL db.prepareForReplanning()").consume()


def scans(operator: Any) -> Iterator[str]:
    """Yield what a plan scans."""
    details = operator["args"].get("Details", "")
    if operator["operatorType"].partition("@")[0] in SCANS:
        yield details
    for child in operator.get("children", []):
        yield from scans(child)


async def scanned(session: neo4j.Session, name: str, viewer: Viewer) -> list[str]:
    """Return what the plan of a question scans for somebody."""
    recording = Recording()
    await execute(recording, SOUGHT[name], {}, None, viewer)  # type: ignore[arg-type]
    (statement,), (parameters,) = recording.statements, recording.parameters
    plan = session.run("CYPHER 25 EXPLAIN " + statement, {"p": parameters}).consume().plan  # type: ignore[arg-type]
    return list(scans(plan))


@pytest.mark.parametrize("name", SOUGHT)
async def test_what_is_sought_is_never_scanned(statistics_of_nothing: neo4j.Session, name: str) -> None:
    # The sales of a day are told for each store, so every store is looked at, and nothing else.
    found = await scanned(statistics_of_nothing, name, ADMIN)
    assert [each for each in found if name != "stores of a day" or ":Store" not in each] == []


@pytest.mark.parametrize("name", OF_EXPERTS)
async def test_whom_an_expert_reads_is_sought_too(statistics_of_nothing: neo4j.Session, name: str) -> None:
    assert await scanned(statistics_of_nothing, name, EXPERT) == []
