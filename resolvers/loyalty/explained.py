"""An entry of points in words: why it was posted, by which order and rules, and what became of a debt."""

from __future__ import annotations

from datetime import date
from typing import Any, LiteralString

from graph.loyalty.days import day_of
from graph.loyalty.programmes import current
from graph.words import say

# (:PointEntry)-[:OF_LOT]->(:PointLot), (:PointEntry {order_id}) = (:Order {id})
FACTS: LiteralString = """[
  {v}.kind, {v}.amount, {v}.debt, {v}.redemption, {v}.order_id IS NOT NULL,
  HEAD(COLLECT {{ MATCH ({o}:Touchpoint {{id: {v}.order_id}}) RETURN {o}.number }}),
  {v}.rules, {v}.rank, {v}.pending,
  HEAD(COLLECT {{ MATCH ({v})-[:OF_LOT]->({l}:PointLot) RETURN {l}.active_from ORDER BY {l}.active_from DESC LIMIT 1 }})
]"""


def explained(facts: list[Any], language: str) -> str:
    """Return the sentences about an entry, parted by a space where the language writes one."""
    kind, amount, debt, redemption, of_order, number, rules, rank, pending, begins = facts
    told = {"order": number or "–", "rules": "、".join(rules or []) if language == "ja" else ", ".join(rules or [])}
    sentences = [say(f"points.{message_of(kind, amount, redemption, of_order, pending)}", language, **told)]
    if kind == "EARN" and pending and begins:
        sentences.append(say("points.PENDING", language, day=day_text(day_of(begins, current().zone), language)))
    if rank:
        sentences.append(say("points.RANK", language, rank=rank))
    if debt:
        sentences.append(say("points.OWED" if debt > 0 else "points.PAID", language, points=abs(debt)))
    return ("" if language == "ja" else " ").join(sentences)


def day_text(day: date, language: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if language == "ja" else day.isoformat()


def message_of(kind: str, amount: int, redemption: str | None, of_order: bool, pending: int) -> str:
    if kind == "REVERSE":
        return ("GIVEN_BACK_ORDER" if of_order else "GIVEN_BACK") if redemption else "TAKEN_BACK"
    if kind == "REDEEM":
        return "REDEEM_ORDER" if of_order else "REDEEM"
    if kind in ("ADJUST", "TRANSFER"):
        return f"{kind}_{'IN' if amount + pending > 0 else 'OUT'}"
    return kind
