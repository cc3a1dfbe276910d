"""The inbox at fifty thousand cases: its question beside a hand-written statement, and the whole page as a browser gets it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import orjson

from admin.pages.cases.views import VIEWS
from admin.parts.purpose import COOKIE
from api.access.cookies import key_of
from api.access.development_tokens import Tokens, claims_of
from bench import inbox
from bench.case_loading import load_cases
from bench.cases import STAFF_OF_A_TEAM, TAGS, TEAMS, TOPICS, staff
from bench.connection import Connection
from bench.figures import Figure, at_most_ms
from bench.routes import Route, compare_times, must_agree
from bench.view import encoded
from graph.events.newest import utc_text
from graph.sessions.sessions import Session, begin_session
from graph.store import Store
from resolvers.access.roles import Role

WARM_UP, ROUNDS = 100, 400
TARGET, MOST_MS = 1.3, 300.0
PAGE_WARM_UP, PAGE_ROUNDS = 3, 12
"""Rounds through all addresses of the page."""
ME = staff("online", 1)
VALUES = {
    "staff": [staff(team, number) for team in TEAMS for number in range(STAFF_OF_A_TEAM)],
    "team": list(TEAMS),
    "topic": list(TOPICS),
    "priority": ["URGENT", "HIGH", "NORMAL", "LOW"],
}
FILTERS = {"staff": "assignee", "team": "team", "topic": "topic", "priority": "priority"}
"""Property that a hand-written statement seeks by -> member of CaseFilter."""
TURNS = "MATCH (k:Case {listed: 'OPEN'}) WITH k.turn AS turn ORDER BY rand() LIMIT 500 RETURN turn"
OF_NOW = re.compile(rb'"(overdue|snoozed)":\d+')
"""What is counted by the time of the question may differ between two of them."""


async def compare_inboxes(store: Store, product: str, baseline: str, tokens: Tokens) -> list[Figure]:
    """Load the cases, ask for pages of lists with the counts in turns, and get each address of the page."""
    await load_cases(store)
    token = tokens.issue("call_center", beside={"sub": ME})
    random, turns = Random(4), [row[0] for row in await store.read(TURNS)]
    # Half of the questions are for the first page, half for the one after some case.
    after = ["" if number % 2 else random.choice(turns) for number in range(WARM_UP + ROUNDS)]
    sorts = [random.choice(list(VALUES)) for _ in after]
    keys = ["|".join((sort, random.choice(VALUES[sort]), turn)) for sort, turn in zip(sorts, after, strict=True)]
    routes = inbox_route(product, token), Route(baseline, "/inbox", bare_question)
    compared = await compare_times("inbox_p50", *routes, keys, warm_up=WARM_UP, target=TARGET, check=must_agree_but_for_the_time)
    return [compared, await time_pages(store, product)]


def inbox_route(address: str, token: str) -> Route:
    return Route(address, "/graphql", _question, token)


def _question(key: str) -> dict[str, Any]:
    sort, value, turn = key.split("|")
    variables = {"filter": {FILTERS[sort]: value}, "cases": encoded(f"cases|{turn}") if turn else None}
    return {"query": inbox.QUERY, "variables": variables}


def bare_question(key: str) -> dict[str, str]:
    """Return what a hand-written statement is asked with: by which property, its value, after which turn."""
    sort, value, turn = key.split("|")
    return {"sort": sort, "value": value, "after": turn, "me": ME, "now": utc_text(datetime.now(UTC))}


def must_agree_but_for_the_time(ours: bytes, theirs: bytes) -> None:
    must_agree(*(OF_NOW.sub(rb'"\1":0', answer) for answer in (ours, theirs)))


async def time_pages(store: Store, address: str) -> Figure:
    """Get the page of each view and filter as a browser does; say the 95th percentile of what they take at the server."""
    connection = await Connection.open(address, "", cookie=f"customer360_session={await sign_in(store)}; {COOKIE}=benchmark")
    pages, spent = addresses(), list[float]()
    for turn in range(PAGE_WARM_UP + PAGE_ROUNDS):
        for page in pages:
            began = time.perf_counter()
            await connection.get(page)
            if turn >= PAGE_WARM_UP:
                spent.append(time.perf_counter() - began)
    connection.close()
    return at_most_ms("inbox_page_ms", sorted(spent)[int(len(spent) * 0.95)] * 1000, MOST_MS)


async def sign_in(store: Store) -> str:
    """Begin a session of an employee and return the secret of its cookie."""
    secret, claims = uuid4().hex, {**claims_of(Role.CALL_CENTER), "sub": ME}
    await begin_session(store, key_of(secret), Session(ME, orjson.dumps(claims).decode()), datetime.now(UTC))
    return secret


def addresses() -> list[str]:
    """Return the address of each view, and of all open cases by each filter."""
    narrowed = {"priority": "URGENT", "topic": TOPICS[0], "tag": TAGS[-1], "team": TEAMS[0], "assignee": ME}
    asked = [{"view": view} for view in VIEWS] + [{"view": "all", name: value} for name, value in narrowed.items()]
    return [f"/admin/cases?{urlencode(each)}" for each in asked]
