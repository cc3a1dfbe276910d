"""What is owed to a customer, on their page: their open cases, and what was promised to them."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY
from admin.parts.questions import Json, Questions

OWED = """
query CustomerOwed($id: ID!) {
  customer(by: {id: $id}) {
    cases(listed: OPEN, first: 5) {
      totalCount
      edges { node { id number subject state priority dueAt unanswered assignee team snoozedUntil } }
    }
    promises(first: 20) { edges { node { id text dueAt state owner } } }
  }
}
"""

FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = ((OWED, {"id": NOBODY}),)


async def owed_to(questions: Questions, customer: str) -> Json:
    """Return the open cases and promises of a customer; nothing for who reads none."""
    if not questions.viewer.may_read("Case"):
        return {}
    return (await questions.ask(OWED, id=customer))["customer"] or {}
