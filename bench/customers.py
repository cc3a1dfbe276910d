"""Made-up customers with twenty orders and twenty interactions each, as events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Any

START = datetime(2025, 1, 1, tzinfo=UTC)
STORES, PRODUCTS = 50, 500
ORDERS, LINES, INTERACTIONS = 20, 4, 20


def events(customers: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield stores, products, and each customer with what they did; the same for the same seed."""
    for number in range(STORES):
        yield event("store", f"store-{number}", START, f"S{number}", {"name": f"試験店{number}", "kind": "SHOP"})
    for number in range(PRODUCTS):
        yield event("product", f"product-{number}", START, f"P{number}", {"name": f"試験品{number}"})
    yield from islice(people(0, seed), customers * (1 + ORDERS + INTERACTIONS))


def people(first: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield customers without end, from that number on, each with what they did."""
    random = Random(seed)
    for number in count(first):
        yield person(number)
        for turn in range(ORDERS):
            yield order(number, turn, random)
        for interaction in range(INTERACTIONS):
            yield _interaction(number, interaction, random)


def phone(number: int) -> str:
    """Return the mobile number of a customer as it is written on paper."""
    digits = 10_000_000 + number
    return f"090-{digits // 10_000:04}-{digits % 10_000:04}"


def e164(written: str) -> str:
    """Return a number as the graph keeps it, from how it is written on paper."""
    return "+81" + written.replace("-", "")[1:]


def event(kind: str, event_id: str, time: datetime, subject: str, data: dict[str, Any]) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/bench", "id": event_id}
    return {**envelope, "subject": subject, "time": time.isoformat(), "data": data}


_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")


def given_name(number: int) -> str:
    """Return the given name of a customer, which nobody else has, nor one that is spelt similarly."""
    return "太郎" + "".join(sign * 3 for sign in f"{number:07d}".translate(_NUMERALS))


def order_number(number: int, turn: int) -> str:
    """Return the number of an order: none begins with another."""
    return f"O{number:07d}-{turn:03d}"


def person(number: int) -> dict[str, Any]:
    """Return what one system says about this customer, with three identifiers."""
    identifiers = [
        {"kind": "MEMBER_NUMBER", "value": f"M{number:07d}"},
        {"kind": "PHONE", "value": phone(number)},
        {"kind": "EMAIL", "value": f"bench{number}@example.jp", "verified": True},
    ]
    name = {"family": "試験", "given": given_name(number)}
    kana = {"family": "シケン", "given": "タロウ"}
    data = {"name": name, "kana": kana, "birthDate": "1988-08-08", "identifiers": identifiers}
    return event("person", f"person-{number}", START, f"C{number}", data)


def by_customer(number: int) -> dict[str, Any]:
    return {"record": {"source": "/bench", "subject": f"C{number}"}}


def order(number: int, turn: int, random: Random) -> dict[str, Any]:
    """Return the order that this customer placed in that turn, of four lines."""
    lines = [_line(line, random) for line in range(1, LINES + 1)]
    place = f"S{random.randrange(STORES)}"
    data = {
        "status": "FULFILLED",
        "channel": "STORE",
        "store": place,
        "currency": "JPY",
        "by": by_customer(number),
        "lines": lines,
    }
    time = START + timedelta(days=turn * 17, minutes=random.randrange(600))
    return event("order", f"order-{number}-{turn}", time, order_number(number, turn), data)


def _line(number: int, random: Random) -> dict[str, Any]:
    product, price, quantity = random.randrange(PRODUCTS), random.randrange(100, 9_000), random.randrange(1, 4)
    line: dict[str, Any] = {"line": number, "sku": f"P{product}", "name": f"試験品{product}", "quantity": quantity}
    return {**line, "unitPrice": str(price), "amount": str(price * quantity)}


def _interaction(number: int, interaction: int, random: Random) -> dict[str, Any]:
    kind = random.choice(["CALL", "EMAIL", "CHAT_THREAD", "STORE_VISIT", "WEB_SESSION"])
    data = {"kind": kind, "by": by_customer(number), "subject": "在庫の問い合わせ", "text": "色違いの在庫を知りたい。" * 3}
    time = START + timedelta(days=interaction * 19, minutes=random.randrange(600))
    return event("interaction", f"contact-{number}-{interaction}", time, f"I{number}-{interaction}", data)
