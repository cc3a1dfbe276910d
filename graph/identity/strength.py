"""How strongly an identifier ties two source records: the kinds that link, nearly link, or never link alone."""

from __future__ import annotations

from enum import IntEnum

RULES_VERSION = "2026-12-01.1"

_EXCLUSIVE = frozenset({"EC_ACCOUNT_ID", "APP_USER_ID", "LINE_USER_ID", "MEMBER_NUMBER", "POS_CARD"})
_SHARED_BY = frozenset({"HOUSEHOLD", "ORGANIZATION", "KIOSK"})
SHARING_ORDER = ("UNKNOWN", "PERSONAL", "HOUSEHOLD", "ORGANIZATION", "KIOSK")


class Strength(IntEnum):
    """Lower is stronger; PERSON is what somebody said, WITH_NAME links by a whole name beside, SHARED never links alone."""

    PERSON = -1
    EXCLUSIVE = 0
    NEARLY = 1
    WITH_NAME = 2
    SHARED = 3


def strength(kind: str, *, mobile: bool, sharing: str, verified: bool) -> Strength:
    """Return the strength of one holding: a phone links where it is mobile, a mail that is not verified with the name only."""
    if sharing in _SHARED_BY:
        return Strength.SHARED
    if kind in _EXCLUSIVE:
        return Strength.EXCLUSIVE
    if (kind == "PHONE" and mobile) or (kind == "EMAIL" and verified):
        return Strength.NEARLY
    return Strength.WITH_NAME if kind == "EMAIL" else Strength.SHARED


def could_link(kind: str, *, mobile: bool, sharing: str) -> bool:
    """Tell whether a value could tie two records together at all, if both ends hold it verified."""
    return strength(kind, mobile=mobile, sharing=sharing, verified=True) is not Strength.SHARED


def wider(one: str, other: str) -> str:
    """Return the sharing class that more people fit into, whatever the order in which the two were reported."""
    return max(one, other, key=SHARING_ORDER.index)
