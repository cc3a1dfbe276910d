"""The states of a fulfilment as one table, how its history is folded, and what the whole order is by then. All pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, get_args

Method = Literal["SHIP", "PICKUP", "STORE"]
METHODS: tuple[str, ...] = get_args(Method)
SHIP, PICKUP, STORE = METHODS
State = Literal[
    "PENDING", "PICKED", "SHIPPED", "DELIVERED", "REQUESTED", "ALLOCATED", "READY_FOR_PICKUP", "PICKED_UP", "EXPIRED",
    "HANDED_OVER", "CANCELLED",
]  # fmt: skip
STATES: tuple[str, ...] = get_args(State)
(
    PENDING, PICKED, SHIPPED, DELIVERED, REQUESTED, ALLOCATED, READY_FOR_PICKUP, PICKED_UP, EXPIRED, HANDED_OVER, CANCELLED,
) = STATES  # fmt: skip

BEGUN = ""
"""The state of a fulfilment of which nothing has been told yet."""
NEXT: Mapping[str, Mapping[str, frozenset[str]]] = {
    SHIP: {
        BEGUN: frozenset({PENDING, PICKED, SHIPPED, DELIVERED, CANCELLED}),
        PENDING: frozenset({PICKED, SHIPPED, DELIVERED, CANCELLED}),
        PICKED: frozenset({SHIPPED, DELIVERED, CANCELLED}),
        SHIPPED: frozenset({DELIVERED}),
        DELIVERED: frozenset(),
        CANCELLED: frozenset(),
    },
    PICKUP: {
        BEGUN: frozenset({REQUESTED, ALLOCATED, READY_FOR_PICKUP, PICKED_UP, EXPIRED, CANCELLED}),
        REQUESTED: frozenset({ALLOCATED, READY_FOR_PICKUP, PICKED_UP, EXPIRED, CANCELLED}),
        ALLOCATED: frozenset({READY_FOR_PICKUP, PICKED_UP, EXPIRED, CANCELLED}),
        READY_FOR_PICKUP: frozenset({PICKED_UP, EXPIRED, CANCELLED}),
        PICKED_UP: frozenset(),
        EXPIRED: frozenset(),
        CANCELLED: frozenset(),
    },
    STORE: {BEGUN: frozenset({HANDED_OVER, CANCELLED}), HANDED_OVER: frozenset(), CANCELLED: frozenset()},
}
"""Method -> state before -> the states that may follow. A source may leave out steps on the way, since it tells them late."""
FIRST: Mapping[str, str] = {SHIP: PENDING, PICKUP: REQUESTED, STORE: HANDED_OVER}
"""The state of a fulfilment of which only the method is told."""
AT_COUNTER: Mapping[str, frozenset[str]] = {
    REQUESTED: frozenset({ALLOCATED, READY_FOR_PICKUP, CANCELLED}),
    ALLOCATED: frozenset({READY_FOR_PICKUP, CANCELLED}),
    READY_FOR_PICKUP: frozenset({PICKED_UP, CANCELLED}),
}
"""State before -> the states that people set of a pick-up; goods are handed over only once they are ready."""
WAITING = (REQUESTED, ALLOCATED, READY_FOR_PICKUP)
"""The states in which a pick-up stands on the list of its store."""
GIVEN = frozenset({DELIVERED, PICKED_UP, HANDED_OVER})
"""The customer has it."""
DONE = GIVEN | {SHIPPED}
"""Nothing is left to be done for it here."""
LAST: Mapping[str, str] = {SHIP: SHIPPED, PICKUP: PICKED_UP, STORE: HANDED_OVER}
"""The state of a fulfilment of an order that is told to be fulfilled, where the fulfilment itself is told to wait still."""
OFF = frozenset({CANCELLED, EXPIRED})
"""Nothing of it will be handed over."""

History: TypeAlias = Mapping[str, str]
"""State -> the earliest time at which it was reached, UTC text: each state is reached once, since the table has no way back."""


def may_follow(method: str, before: str, after: str) -> bool:
    """Return whether a source may tell `after` of a fulfilment in the state `before`; of one in that state already, too."""
    return before == after or after in NEXT[method].get(before, frozenset())


def path(method: str, history: History) -> list[str]:
    """Return the states that a fulfilment has gone through, in order; what cannot follow what came before it is left out."""
    found, now = list[str](), BEGUN
    for state in sorted(history, key=lambda each: (history[each], STATES.index(each))):
        if state in NEXT[method].get(now, frozenset()):
            now = state
            found.append(state)
    return found


def state_of(method: str | None, history: History, status: str | None = None) -> str | None:
    """Return the state of a fulfilment of an order of that status; None where nobody knows by which method it is handed over.

    What is cancelled as a whole is cancelled, but for what the customer has; what is fulfilled as a whole waits nowhere.
    """
    if method is None:
        return None
    gone_through = path(method, history)
    now = gone_through[-1] if gone_through else FIRST[method]
    if status == "CANCELLED" and now not in GIVEN | OFF:
        return CANCELLED
    if status in ("FULFILLED", "RETURNED") and now not in DONE | OFF:
        return LAST[method]
    return now


OrderState = Literal["OPEN", "PARTLY_FULFILLED", "FULFILLED", "EXPIRED", "CANCELLED", "PARTLY_RETURNED", "RETURNED"]
ORDER_STATES: tuple[str, ...] = get_args(OrderState)


def order_state(status: str | None, fulfillments: Iterable[str | None], bought: float, returned: float) -> str:
    """Return the state of an order from what its source says, the states of its fulfilments, and its pieces.

    What came back counts first, then a cancellation, then what the fulfilments say; where there are none, the source.
    """
    if status == "RETURNED" or (0 < bought <= returned):
        return "RETURNED"
    if returned > 0:
        return "PARTLY_RETURNED"
    if status == "CANCELLED":
        return "CANCELLED"
    states = {state for state in fulfillments if state is not None}
    return _by_fulfillments(states) if states else _BY_STATUS.get(status or "", "OPEN")


_BY_STATUS: Mapping[str, str] = {"FULFILLED": "FULFILLED", "PARTIALLY_FULFILLED": "PARTLY_FULFILLED"}


def _by_fulfillments(states: set[str]) -> str:
    going = states - OFF
    if not going:
        return "EXPIRED" if EXPIRED in states else "CANCELLED"
    if going <= DONE:
        return "FULFILLED"
    return "PARTLY_FULFILLED" if going & DONE else "OPEN"
