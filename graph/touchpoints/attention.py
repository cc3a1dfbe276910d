"""What is kept on a touchpoint so that what waits or goes on is sought and not worked out: four properties."""

from __future__ import annotations

from typing import Any

from graph.touchpoints.concerns import Properties, settled
from graph.touchpoints.kinds import TOUCHPOINTS


def kept_attention(kind: str, properties: Properties) -> dict[str, Any]:
    """Return `attention` (a word of CONCERNS), `is_question` (it asks for an answer that
    it does not give itself), `is_answer` and `goes_on` (it has not ended).

    What does not hold is None, so that an index has no entry for it. An unknown kind raises KeyError.
    """
    row = TOUCHPOINTS[kind]
    answers = row.answers is not None and row.answers(properties)
    asks = row.asks is not None and row.asks(properties) and not answers and not settled(properties)
    goes_on = row.goes_on is not None and row.goes_on(properties)
    named = (concern(properties) for concern in row.concerns)
    attention = next((word for word in named if word), "UNANSWERED" if asks else None)
    return {"attention": attention, "is_question": asks or None, "is_answer": answers or None, "goes_on": goes_on or None}
