"""What is kept on a touchpoint so that what waits for a customer is sought and not worked out: three properties."""

from __future__ import annotations

from typing import Any

from graph.touchpoints.concerns import Properties, settled
from graph.touchpoints.kinds import TOUCHPOINTS


def kept_attention(kind: str, properties: Properties) -> dict[str, Any]:
    """Return `attention` (a word of CONCERNS), `is_question` (it asks for an answer that
    it does not give itself) and `is_answer`.

    What does not hold is None, so that an index has no entry for it. An unknown kind raises KeyError.
    """
    row = TOUCHPOINTS[kind]
    answers = row.answers is not None and row.answers(properties)
    asks = row.asks is not None and row.asks(properties) and not answers and not settled(properties)
    named = (concern(properties) for concern in row.concerns)
    attention = next((word for word in named if word), "UNANSWERED" if asks else None)
    return {"attention": attention, "is_question": asks or None, "is_answer": answers or None}
