"""The mappings of help desks: what their exports say of tickets, cases and incidents, and how these then stand here."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from graph.imports.drafts import Draft, drafts
from graph.imports.mapping import load_mapping
from graph.imports.plans import plan
from graph.local import LocalServer
from graph.store import Store
from tests.api.commands.test_import_files import run
from tests.api.commands.test_ready_mappings import EXAMPLES, MAPPINGS, imported
from tests.conftest import wipe
from tests.served import graph_of

CASES = "MATCH (k:Case) RETURN k.external_id, k.state, k.priority, k.channel, k.team, k.staff, k.code ORDER BY k.external_id"
OF = """
MATCH (k:Case) OPTIONAL MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer)
RETURN k.external_id, c.name ORDER BY k.external_id
"""
WRITTEN = """
MATCH (k:Case {external_id: $p.id})-[:HAS_EVENT]->(e:CaseEvent) WHERE e.note IS NOT NULL AND NOT coalesce(e.state, '') = 'CLOSED'
RETURN DISTINCT e.kind, left(e.at, 16), e.note ORDER BY left(e.at, 16)
"""
TIMES = "MATCH (k:Case {external_id: $p.id}) RETURN k.tags, left(k.opened_at, 16), left(k.resolved_at, 16)"
AGAIN = "MATCH (k:Case) WHERE k.reopen_count > 0 RETURN k.external_id, k.reopen_count"
STANDS = "MATCH (k:Case) RETURN k.external_id, k.version, COUNT { (k)-[:HAS_EVENT]->() }, k.state ORDER BY k.external_id"


@pytest.fixture
async def empty(store: Store) -> Store:
    await wipe(store)
    return store


async def test_zendesk_tickets_are_cases_of_their_requesters(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    await imported(neo4j_server, tmp_path, "zendesk_users", "zendesk")
    await imported(neo4j_server, tmp_path, "zendesk_tickets", "zendesk")
    assert await empty.read(CASES) == [
        ["501", "CLOSED", "HIGH", "EMAIL", "99001", "361000000002", None],
        ["502", "OPEN", "NORMAL", "CHAT", "99001", "361000000002", None],
        ["503", "NEW", "NORMAL", "WEB", "", "", None],
        ["504", "WAITING_CUSTOMER", "URGENT", "PHONE", "99002", "361000000002", None],
        ["505", "WAITING_INTERNAL", "LOW", None, "99002", "", None],
        ["506", "CLOSED", "NORMAL", "EMAIL", "", "", "DELETED"],
    ]
    names = dict[Any, Any](await empty.read(OF))
    assert (names["501"], names["502"], names["503"]) == ("例題 問子", "検体 二本", None)
    assert await empty.read(AGAIN) == [["502", 1]]
    assert await empty.read(WRITTEN, {"id": "501"}) == [["NOTE", "2026-04-01T01:00", "注文した色と違うものが届きました。"]]
    assert await empty.read(TIMES, {"id": "501"}) == [[["exchange", "vip"], "2026-04-01T01:00", "2026-04-02T03:00"]]


@pytest.mark.parametrize(
    ("mapping", "files"),
    [
        ("zendesk_tickets", ["zendesk/tickets.json"]),
        ("servicenow_cases", ["servicenow/sn_customerservice_case.json"]),
        ("servicenow_incidents", ["servicenow/incident.csv"]),
    ],
)
async def test_the_same_export_under_another_name_changes_nothing(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path, mapping: str, files: list[str]
) -> None:
    for file in files:
        await imported(neo4j_server, tmp_path, mapping, file)
    before = await empty.read(STANDS)
    for file in files:
        other = tmp_path / f"later_{Path(file).name}"
        copy(EXAMPLES / file, other)
        assert ", 0 created, 0 updated, 0 unchanged," in await imported(neo4j_server, tmp_path, mapping, other)
    assert await empty.read(STANDS) == before


async def test_a_later_export_brings_a_ticket_on(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    read = json.loads((EXAMPLES / "zendesk" / "tickets.json").read_text("utf-8"))
    ticket = {each["id"]: each for each in read["tickets"]}[504]
    file = tmp_path / "tickets.json"
    later = {"status": "solved", "updated_at": "2026-04-06T02:00:00Z", "assignee_id": 361000000009}
    for told in (ticket, ticket | later, ticket | later | {"status": "open", "updated_at": "2026-04-07T02:00:00Z"}):
        file.write_text(json.dumps({"tickets": [told]}), encoding="utf-8")
        await imported(neo4j_server, tmp_path, "zendesk_tickets", file)
    assert await empty.read(CASES) == [["504", "OPEN", "URGENT", "PHONE", "99002", "361000000009", None]]
    assert await empty.read(AGAIN) == [["504", 1]]


async def test_servicenow_cases_with_what_was_written_in_them(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    await imported(neo4j_server, tmp_path, "servicenow_users", "servicenow")
    await imported(neo4j_server, tmp_path, "servicenow_cases", "servicenow")
    await imported(neo4j_server, tmp_path, "servicenow_comments", "servicenow")
    group, agent = "ab000000000000000000000000000001", "aa000000000000000000000000000003"
    assert await empty.read(CASES) == [
        ["CS0001001", "CLOSED", "HIGH", "EMAIL", group, agent, "exchanged"],
        ["CS0001002", "OPEN", "NORMAL", "CHAT", "", agent, "informed"],
        ["CS0001003", "NEW", "LOW", "WEB", "", "", None],
        ["CS0001004", "WAITING_CUSTOMER", "URGENT", "PHONE", "", "", None],
    ]
    assert [name for _, name in await empty.read(OF)] == ["例題 求子", "検体 応太", None, "検体 応太"]
    assert await empty.read(AGAIN) == [["CS0001002", 1]]
    assert await empty.read(WRITTEN, {"id": "CS0001001"}) == [
        ["NOTE", "2026-04-01T01:00", "注文した色と違うものが届きました。"],
        ["NOTE", "2026-04-01T05:00", "motomeko.reidai (comments): 写真を送ります。"],
        ["NOTE", "2026-04-01T06:00", "kakari.mihon (work_notes): 倉庫に確かめた見本。"],
        ["STATE_SET", "2026-04-02T03:00", "正しい色を送りました。"],
        ["STATE_SET", "2026-04-03T03:00", "正しい色を送りました。"],
    ]


async def test_servicenow_incidents_wait_for_their_callers_or_for_somebody_else(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    await imported(neo4j_server, tmp_path, "servicenow_incidents", "servicenow")
    assert await empty.read(CASES) == [
        ["INC0001001", "CLOSED", "HIGH", "WEB", "会員サイト係", "係 見本", "Solved (Permanently)"],
        ["INC0001002", "WAITING_CUSTOMER", "NORMAL", "PHONE", "会員サイト係", "係 見本", None],
        ["INC0001003", "WAITING_INTERNAL", "LOW", "EMAIL", "会員サイト係", "", None],
        ["INC0001004", "CLOSED", "LOW", "STORE", "", "", "CANCELED"],
        ["INC0001005", "OPEN", "URGENT", "CHAT", "会員サイト係", "係 見本", "Solved (Permanently)"],
    ]
    assert await empty.read(AGAIN) == [["INC0001005", 1]]
    assert await empty.read("MATCH (k:Case {external_id: 'INC0001003'}) RETURN k.record") == [[""]]


async def test_a_status_that_nobody_knows_is_told_with_its_column_and_the_other_tickets_are_taken(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(
        "Id,Status,Updated at\n1,Open,2026-04-01 10:00\n2,Parked,2026-04-01 10:00\n,Open,2026-04-01 10:00\n3,Open,soon\n",
        encoding="utf-8",
    )
    done = run(tmp_path, "--mapping", str(MAPPINGS / "zendesk_tickets.yaml"), str(file), **graph_of(neo4j_server))
    assert done.returncode == 3, done.stderr
    [rejects] = (tmp_path / "data" / "imports").glob("*-rejects.jsonl")
    told = [json.loads(line) for line in rejects.read_text("utf-8").splitlines()]
    assert [(each["line"], each["code"], each["message"]) for each in told] == [
        (3, "UNREADABLE_ROW", "a value of status is not in the table of $map, which has no `other`"),
        (4, "INVALID_EVENT", "This field is required."),
        (5, "UNREADABLE_ROW", "a time is not as ISO 8601 says"),
    ]
    assert told[1]["pointer"] == "/subject"
    assert [row[0] for row in await empty.read(CASES)] == ["1"]


def made(folder: Path, mapping: str, name: str, text: str) -> list[Draft]:
    """Return what a file with that text becomes."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    read = load_mapping(MAPPINGS / f"{mapping}.yaml")
    return list(drafts(read, plan(read, [file]), folder))


def told(folder: Path, mapping: str, name: str, text: str) -> dict[str, Any]:
    """Return what the first event says, of how the only row of a file stands."""
    draft = made(folder, mapping, name, text)[0]
    assert draft.event is not None, draft.problem
    return draft.event["data"]


@pytest.mark.parametrize(
    ("mapping", "name", "words"),
    [
        (
            "zendesk_tickets",
            "tickets.csv",
            {
                "NEW": ["new", "New", "新規"],
                "OPEN": ["open", "Open", "オープン"],
                "WAITING_CUSTOMER": ["pending", "Pending", "保留中"],
                "WAITING_INTERNAL": ["hold", "On-hold", "待機中"],
                "RESOLVED": ["solved", "Solved", "解決済み"],
                "CLOSED": ["closed", "Closed", "終了", "deleted"],
            },
        ),
        (
            "servicenow_cases",
            "sn_customerservice_case.csv",
            {
                "NEW": ["1", "New"],
                "OPEN": ["10", "Open"],
                "WAITING_CUSTOMER": ["18", "Awaiting Info"],
                "RESOLVED": ["6", "Resolved"],
                "CLOSED": ["3", "Closed", "7", "Cancelled", "Canceled"],
            },
        ),
        (
            "servicenow_incidents",
            "incident.csv",
            {
                "NEW": ["1", "New"],
                "OPEN": ["2", "In Progress"],
                "WAITING_CUSTOMER": ["3,1", "On Hold,Awaiting Caller"],
                "WAITING_INTERNAL": ["3", "On Hold", "On Hold,Awaiting Vendor"],
                "RESOLVED": ["6", "Resolved"],
                "CLOSED": ["7", "Closed", "8", "Canceled"],
            },
        ),
    ],
)
def test_every_state_of_a_desk_becomes_one_of_ours(tmp_path: Path, mapping: str, name: str, words: dict[str, list[str]]) -> None:
    columns = {"zendesk_tickets": "Updated at,id,status,more"}.get(mapping, "sys_updated_on,number,state,hold_reason")
    for state, written in words.items():
        for word in written:
            row = f"2026-04-01 10:00,1,{word}" + ("" if "," in word else ",")
            assert told(tmp_path, mapping, name, f"{columns}\n{row}\n")["state"] == state, word


@pytest.mark.parametrize(
    ("mapping", "priorities"),
    [
        ("zendesk_tickets", {"low": "LOW", "Normal": "NORMAL", "high": "HIGH", "Urgent": "URGENT", "-": None}),
        ("servicenow_cases", {"1": "URGENT", "2 - High": "HIGH", "3": "NORMAL", "4 - Low": "LOW"}),
        ("servicenow_incidents", {"1 - Critical": "URGENT", "2": "HIGH", "3 - Moderate": "NORMAL", "5": "LOW"}),
    ],
)
def test_every_priority_of_a_desk_becomes_one_of_ours(tmp_path: Path, mapping: str, priorities: dict[str, str | None]) -> None:
    id_column, state = ("id", "status") if mapping == "zendesk_tickets" else ("number", "state")
    name = {"servicenow_cases": "sn_customerservice_case.csv", "servicenow_incidents": "incident.csv"}.get(mapping, "tickets.csv")
    for written, priority in priorities.items():
        text = f"Updated at,sys_updated_on,{id_column},{state},priority\n2026-04-01,2026-04-01,1,New,{written}\n"
        assert told(tmp_path, mapping, name, text).get("priority") == priority


def test_a_zendesk_ticket_as_csv_says_whose_it_is_and_who_has_it_by_name(tmp_path: Path) -> None:
    text = (
        "Id,Requester,Requester id,Assignee,Group,Subject,Tags,Status,Priority,Via,Created at,Updated at,Solved at\n"
        "501,例題 問子,361000000001,見本 係,お客様係,色が違う,exchange vip,Solved,-,Web form,"
        "2026-04-01 10:00,2026-04-02 10:00,2026-04-02 09:00\n"
    )
    found = {draft.rule: draft.event["data"] for draft in made(tmp_path, "zendesk_tickets", "tickets.csv", text) if draft.event}
    by = {"record": {"source": "/zendesk", "subject": "361000000001"}}
    how = {"by": by, "subject": "色が違う", "team": "お客様係", "staff": "見本 係", "tags": ["exchange", "vip"]}
    assert found == {
        "tickets": {**how, "state": "RESOLVED"},
        "opened": {"by": by, "state": "NEW", "channel": "WEB"},
        "solved": {**how, "state": "RESOLVED"},
    }


@pytest.mark.parametrize(
    ("mapping", "name", "column"),
    [
        ("servicenow_cases", "sn_customerservice_case.csv", "consumer"),
        ("servicenow_cases", "sn_customerservice_case.csv", "contact"),
        ("servicenow_incidents", "incident.csv", "caller_id"),
    ],
)
def test_the_name_of_a_person_in_a_servicenow_csv_is_no_record(tmp_path: Path, mapping: str, name: str, column: str) -> None:
    head, row = f"number,state,sys_updated_on,{column}", "1,New,2026-04-01 10:00:00"
    assert "by" not in told(tmp_path, mapping, name, f"{head}\n{row},求子 例題\n")
    own_id = "aa000000000000000000000000000001"
    by = {"record": {"source": "/servicenow", "subject": own_id}}
    assert told(tmp_path, mapping, name, f"{head},{column}.sys_id\n{row},求子 例題,{own_id}\n")["by"] == by
    assert told(tmp_path, mapping, name, f"{head}\n{row},{own_id}\n")["by"] == by
