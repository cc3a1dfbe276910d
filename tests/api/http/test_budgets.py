"""Budgets: what one principal may spend in a minute, and how many of its statements run at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest

from api.http import budgets as budgets_module
from api.http.budgets import AT_ONCE, AT_ONCE_IN_REQUEST, IN_ALL, NEW_IN_A_MINUTE, Budgets, RequestAllowance
from graph.errors import Overloaded
from graph.store import POOL_CONNECTIONS
from resolvers.engine.errors import Throttled


def allowance(budgets: Budgets, principal: str = "web shop", *, known: bool = False) -> RequestAllowance:
    return RequestAllowance(budgets, principal, known)


def test_who_has_spent_the_budget_is_told_when_to_come_back_and_nobody_else() -> None:
    budgets = Budgets(100)
    allowance(budgets).spend(60)
    assert budgets.cost.remaining("web shop") == 40
    with pytest.raises(Throttled) as refused:
        allowance(budgets).spend(60)
    assert 1 <= refused.value.retry_after <= 120
    assert budgets.cost.remaining("web shop") == 40
    allowance(budgets, "operator").spend(60)


@pytest.mark.parametrize("take", [RequestAllowance.prepare, RequestAllowance.plan])
def test_documents_and_statements_that_are_new_are_counted_and_those_of_known_documents_are_not(
    take: Callable[[RequestAllowance], None],
) -> None:
    budgets = Budgets(100)
    for _ in range(NEW_IN_A_MINUTE):
        take(allowance(budgets))
    with pytest.raises(Throttled):
        take(allowance(budgets))
    take(allowance(budgets, known=True))
    take(allowance(budgets, "operator"))


async def most_at_once(allowances: list[RequestAllowance]) -> int:
    """Return how many of the turns are taken at one time."""
    running, most = 0, 0

    async def statement(of: RequestAllowance) -> None:
        nonlocal running, most
        async with of.turn():
            running += 1
            most = max(most, running)
            # Each gives way to all the others, so that whoever may run beside it does.
            for _ in range(3 * len(allowances)):
                await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(statement(each) for each in allowances))
    return most


async def test_a_request_runs_few_statements_at_once_and_a_principal_a_share_of_the_connections() -> None:
    budgets = Budgets(100)
    one = allowance(budgets)
    assert await most_at_once([one] * 20) == AT_ONCE_IN_REQUEST
    assert await most_at_once([allowance(budgets) for _ in range(60)]) == AT_ONCE
    two = [allowance(budgets, principal) for principal in ("web shop", "operator") for _ in range(60)]
    assert await most_at_once(two) == 2 * AT_ONCE
    many = [allowance(budgets, f"principal {number}") for number in range(2 * IN_ALL)]
    assert await most_at_once(many) == IN_ALL
    assert IN_ALL <= POOL_CONNECTIONS / 2


async def test_where_all_turns_are_taken_whoever_waits_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets_module, "PATIENCE_SECONDS", 0)
    budgets = Budgets(100)
    async with AsyncExitStack() as taken:
        for number in range(IN_ALL):
            await taken.enter_async_context(allowance(budgets, f"principal {number}").turn())
        with pytest.raises(Overloaded, match="under way") as refused:
            async with allowance(budgets, "one more").turn():
                pass
    assert (refused.value.code, refused.value.retry_after) == ("OVERLOADED", 1)
    assert await most_at_once([allowance(budgets, "one more")]) == 1


async def test_a_statement_that_fails_gives_its_turn_back() -> None:
    of = allowance(Budgets(100))
    for _ in range(2 * AT_ONCE):
        with pytest.raises(ValueError, match="refused"):
            async with of.turn():
                raise ValueError("refused")
    assert await most_at_once([of]) == 1
