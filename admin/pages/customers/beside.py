"""What stands beside the facts of a customer on their page: what is owed to them, points, what they mean to buy, and stock."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.buying import buying_of
from admin.pages.customers.owed import owed_to
from admin.pages.customers.points import points_of
from admin.pages.customers.stock import stock_for
from admin.parts.questions import Json, Questions


async def beside(questions: Questions, customer: Json, language: str) -> dict[str, Any]:
    """Return what stands beside the facts of a customer, by the names of CustomerPage: each is asked for by itself."""
    own_id = customer["id"]
    return {
        "owed": await owed_to(questions, own_id),
        "points": await points_of(questions, own_id),
        "buying": await buying_of(questions, own_id, language),
        "stock": await stock_for(questions, customer),
    }
