"""Calls that ring, each to another operator, from customers with whom much is going on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from admin.pages.calls.operations import CALLS
from bench import customers
from bench.customers import by_customer, event, order, person, phone
from bench.figures import Figure
from bench.routes import Route, compare_times
from bench.views import shuffled
from graph.cases.expected import Expected
from graph.cases.opening import Opening, open_case
from graph.cases.promises import Promise, make
from graph.commands.command import Answer, Author, Command, run
from graph.events.newest import utc_text
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import scoped
from graph.store import Reader, Store

RINGING = 40
FAMILY = (0, 100, 200)
"""Every fourth call comes by the landline of a family: of these customers, counted from the caller."""
WARM_UP, ROUNDS = 200, 600
TARGET = 1.15
NOW = datetime.now(UTC).replace(microsecond=0)
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id"


async def compare_screen_pops(store: Store, product: str, baseline: str, token: str) -> Figure:
    """Let the calls ring and ask for each as the page of its operator does, and by the hand-written route, in turns."""
    await ring(store, RINGING)
    keys = shuffled([extension(number) for number in range(RINGING)], WARM_UP + ROUNDS)
    routes = pop_route(product, token), Route(baseline, "/screen-pop", bare_question)
    return await compare_times("screen_pop_p50", *routes, keys, warm_up=WARM_UP, target=TARGET)


def pop_route(address: str, token: str) -> Route:
    shown = {"queue": None, "language": "JA", "now": NOW.isoformat()}
    return Route(address, "/graphql", lambda staff: {"query": CALLS, "variables": {**shown, "staff": staff}}, token)


def bare_question(staff: str) -> dict[str, str]:
    """Return what the hand-written statement is asked with."""
    return {"staff": staff, "since": utc_text(datetime.now(UTC) - timedelta(hours=12)), "now": utc_text(NOW)}


def extension(number: int) -> str:
    return f"x-{number:03}"


async def ring(store: Store, calls: int) -> None:
    """Have so many customers call, who have two open cases each with a promise, a new order and a mail, and some said no."""
    events = [read_event(each, b"bench") for number in range(calls) for each in _before(number)]
    await record(store, events)
    for number in range(calls):
        await _owe(store, number)
    await record(store, [read_event(_call(number), b"bench") for number in range(calls)])


def _before(number: int) -> Iterator[dict[str, Any]]:
    home = {"kind": "PHONE", "value": landline(number), "sharing": "HOUSEHOLD"}
    for member in (number + each for each in FAMILY) if _by_landline(number) else (number,):
        told = person(member)
        held = [*told["data"]["identifiers"], *([home] if _by_landline(number) else [])]
        data = {**told["data"], "language": "ja", "identifiers": held}
        yield {**told, "id": f"again-{member}", "time": _ago(days=40), "data": data}
    placed = order(number, customers.ORDERS, Random(number))
    yield {**placed, "time": _ago(days=10)}
    said = {"kind": "EMAIL", "by": by_customer(number), "subject": "配送の問い合わせ", "text": "いつ届きますか。"}
    yield {**event("interaction", f"mail-{number}", NOW, f"mail-{number}", said), "time": _ago(days=5)}
    consent = {"purpose": "MARKETING", "state": "REFUSED" if number % 2 else "GRANTED", "by": by_customer(number)}
    yield event("consent", f"consent-{number}", NOW - timedelta(days=3), f"consent-{number}", consent)


def _call(number: int) -> dict[str, Any]:
    caller = landline(number) if _by_landline(number) else phone(number)
    by = {"identifiers": [{"kind": "PHONE", "value": caller}]}
    told = {"kind": "CALL", "outcome": "RINGING", "staff": extension(number), "queue": "service", "menuPath": ["配送", "遅れ"]}
    return event("interaction", f"rings-{number}", NOW, f"rings-{number}", {**told, "by": by})


async def _owe(store: Store, number: int) -> None:
    [[customer]] = await store.read(CUSTOMER, {"key": scoped("/bench", f"C{number}")})
    for subject in ("荷物が届かない", "請求書の再発行"):
        opened = await execute(store, open_case(_author(), Opening(subject, customer=customer, topic="DELIVERY")))
        due = utc_text(NOW + timedelta(days=1, minutes=number))
        promise = Promise("折り返しご連絡します。", due, "op-1", case=Expected(opened["case"], None, "/case"))
        await execute(store, make(_author(), promise))


async def execute(store: Store, command: Command) -> Answer:
    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    return await run(store, command, itself)


def _author() -> Author:
    return Author("bench", "op-1", uuid4().hex)


def landline(number: int) -> str:
    return f"03-5555-{number:04}"


def _by_landline(number: int) -> bool:
    return number % 4 == 0


def _ago(*, days: int) -> str:
    return (NOW - timedelta(days=days)).isoformat()
