"""The points of a customer on their page: what there is to spend, and which accounts have it."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY
from admin.parts.questions import Json, Questions

POINTS = """
query CustomerPoints($id: ID!) {
  customer(by: {id: $id}) {
    loyalty {
      balance pending debt
      nextExpiry { points at }
      rank { name }
      accounts { id source balance }
    }
  }
}
"""

FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = ((POINTS, {"id": NOBODY}),)


async def points_of(questions: Questions, customer: str) -> Json:
    """Return the points of a customer; nothing for who sees none."""
    if not questions.viewer.may_read("LoyaltyAccount"):
        return {}
    found: Json = (await questions.ask(POINTS, id=customer))["customer"] or {}
    return found.get("loyalty", {})
