"""Two routes that answer the same question, asked in turns: how long each takes, and how many each answers at once."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.connection import Connection
from bench.figures import Figure, at_least, at_most, median_ms

Asked = Callable[[str], dict[str, Any]]
BLOCK = 200
COST = b',"extensions":'
"""What the product tells beside the answer, at its end."""
PERSON_WORDS = {"name", "kana", "birthDate", "phone", "email", "value", "verified"}
WORDS_OF_BOTH = PERSON_WORDS | {"kind", "channel", "subject", "text", "number", "status", "quantity", "currency", "hasNextPage"}


@dataclass(frozen=True, slots=True)
class Route:
    """`asked` makes the body of a request out of what is asked for (an id, a number)."""

    address: str
    path: str
    asked: Asked
    token: str = ""

    async def open(self) -> Connection:
        return await Connection.open(self.address, self.token)


async def answer_of(route: Route, key: str) -> bytes:
    """Return one answer by a connection of its own: the first one is planned, which can take longer than an idle one is kept."""
    connection = await route.open()
    answer = await connection.post(route.path, route.asked(key))
    connection.close()
    return answer


def agree(ours: bytes, theirs: bytes) -> bool:
    """Tell whether two answers are the same, but for what the product says of its cost."""
    return ours.partition(COST)[0] + b"}" == theirs


def must_agree(ours: bytes, theirs: bytes) -> None:
    if not agree(ours, theirs):
        raise SystemExit("The two routes do not answer the same bytes, so there is nothing to compare.")


def must_be_complete(ours: bytes, theirs: bytes) -> None:
    """For a baseline with a schema of its own: both answer without an error, and the same where both use the same word."""
    for answer in (ours, theirs):
        if b'"errors"' in answer:
            raise SystemExit(f"A route of the benchmark answered an error: {answer[:300].decode()}")
    if _said(ours) != _said(theirs):
        raise SystemExit("The two routes do not say the same of what was asked for, so there is nothing to compare.")


def _said(answer: bytes) -> Counter[tuple[str, Any]]:
    """Count what an answer says under the words of both schemas, wherever it stands."""
    said: Counter[tuple[str, Any]] = Counter()
    json.loads(answer, object_pairs_hook=lambda pairs: said.update(pair for pair in pairs if pair[0] in WORDS_OF_BOTH))
    return said


async def compare_times(
    name: str,
    product: Route,
    baseline: Route,
    keys: Sequence[str],
    *,
    warm_up: int,
    target: float | None,
    check: Callable[[bytes, bytes], None] = must_agree,
) -> Figure:
    """Time one request each in turn for each key, the first `warm_up` of them uncounted; medians in milliseconds."""
    check(await answer_of(product, keys[0]), await answer_of(baseline, keys[0]))
    one, other = await product.open(), await baseline.open()
    ours: list[float] = []
    theirs: list[float] = []
    for key in keys:
        question, bare = product.asked(key), baseline.asked(key)
        started = time.perf_counter()
        answer = await one.post(product.path, question)
        between = time.perf_counter()
        bare_answer = await other.post(baseline.path, bare)
        ended = time.perf_counter()
        check(answer, bare_answer)
        ours.append(between - started)
        theirs.append(ended - between)
    one.close()
    other.close()
    return at_most(name, median_ms(ours[warm_up:]), "ms", median_ms(theirs[warm_up:]), target)


async def time_each(route: Route, keys: Sequence[str]) -> list[float]:
    """Return the seconds that each answer takes, one after the other."""
    connection = await route.open()
    spent: list[float] = []
    for key in keys:
        question = route.asked(key)
        started = time.perf_counter()
        await connection.post(route.path, question)
        spent.append(time.perf_counter() - started)
    connection.close()
    return spent


async def compare_throughput(
    name: str, product: Route, baseline: Route, keys: Sequence[str], *, clients: int, target: float | None
) -> Figure:
    """Let so many clients ask at once, in blocks that take turns, and compare answers per second."""
    spent = {id(product): 0.0, id(baseline): 0.0}
    for start in range(0, len(keys), BLOCK):
        for route in (product, baseline):
            began = time.perf_counter()
            await _ask_all(route, keys[start : start + BLOCK], clients)
            spent[id(route)] += time.perf_counter() - began
    return at_least(name, len(keys) / spent[id(product)], "/s", len(keys) / spent[id(baseline)], target)


async def _ask_all(route: Route, keys: Sequence[str], clients: int) -> None:
    async def client(mine: Sequence[str]) -> None:
        connection = await route.open()
        for key in mine:
            await connection.post(route.path, route.asked(key))
        connection.close()

    await asyncio.gather(*(client(keys[number::clients]) for number in range(clients)))
