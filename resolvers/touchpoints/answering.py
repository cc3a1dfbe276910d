"""What waits for an answer, and what is one: one rule for the page of a customer and for that of a day.

What is asked waits until something that answers comes later to the same customer, by whatever channel.
"""

from __future__ import annotations

from typing import LiteralString

ASKING_KINDS = ("EMAIL", "SMS", "WEB_FORM", "FAX", "CHAT_THREAD", "SOCIAL_MESSAGE", "CALL")
ANSWERING_KINDS = ("EMAIL", "SMS", "FAX", "CHAT_THREAD", "SOCIAL_MESSAGE", "CALL", "STORE_VISIT")

# Who wrote in a conversation, as far as its messages say.
SPEAKERS: LiteralString = """[said IN tail(split(COALESCE({t}.messages, ''), '"from":"')) | toLower(split(said, '"')[0])]"""
# A call is missed when it is told to have lasted no time; one of which nothing is told may have been taken.
ASKS: LiteralString = (
    """CASE WHEN NOT {t}.kind IN ${asking} THEN false
  WHEN {t}.kind = 'CALL' THEN COALESCE({t}.direction = 'INBOUND' AND {t}.duration_seconds = 0, false)
  ELSE COALESCE({t}.direction, '') = 'INBOUND' OR {t}.kind = 'WEB_FORM' OR 'customer' IN """
    + SPEAKERS
    + " END"
)
ANSWERS: LiteralString = (
    """CASE WHEN NOT {t}.kind IN ${answering} THEN false
  ELSE COALESCE({t}.direction, '') = 'OUTBOUND' OR {t}.kind IN ['CALL', 'STORE_VISIT'] AND {t}.staff IS NOT NULL
    OR any(speaker IN """
    + SPEAKERS
    + " WHERE speaker <> 'customer') END"
)
KINDS = {"asking": list(ASKING_KINDS), "answering": list(ANSWERING_KINDS)}
"""The parameters of both."""
