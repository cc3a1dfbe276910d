"""Whether somebody may be contacted by a channel for a purpose: why, by which declaration, and at which contact points.

Whatever advertises by e-mail, SMS or fax needs a recorded consent whose proof is kept, as Japan's laws on specified
e-mail and on specified commercial transactions have it, and so does what is done for other companies, by any channel.
Elsewhere nobody needs to have agreed. A refusal ends either at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.identity.consent import GRANTED, OTHER, REFUSED, Saying, Verdict, verdict

NOT_REFUSED, NO_CONSENT, UNPROVEN, EXPIRED, NO_CONTACT_POINT = (
    "NOT_REFUSED", "NO_CONSENT", "CONSENT_UNPROVEN", "CONSENT_EXPIRED", "NO_CONTACT_POINT",
)  # fmt: skip
REASONS = (GRANTED, NOT_REFUSED, REFUSED, UNPROVEN, EXPIRED, NO_CONSENT, NO_CONTACT_POINT)
"""Why somebody may be contacted, and why not, what is plainest to a reader first."""
ALLOWING = (GRANTED, NOT_REFUSED)
ADDRESS = ""
"""The contact point of letters: no identifier, but the address. What is said of no point in particular is said of it."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "EMAIL": ("EMAIL",),
    "SMS": ("PHONE",),
    "PHONE": ("PHONE",),
    "POSTAL": (),
    "FAX": ("FAX",),
    "LINE": ("LINE_USER_ID",),
    "SOCIAL": ("SOCIAL_ACCOUNT",),
    "APP": ("APP_USER_ID", "DEVICE_ID"),
}
"""Channel -> kinds of the identifiers by which it reaches somebody; SMS reaches mobile numbers only."""
_SERVICE, _THIRD_PARTY = "SERVICE", "THIRD_PARTY"
_ASKED_FIRST = ("EMAIL", "SMS", "FAX")


@dataclass(frozen=True, slots=True)
class Permission:
    """`reason` is one of REASONS, `verdict` what decided (None where nobody said anything), `points` those to be used."""

    reason: str
    verdict: Verdict | None = None
    points: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.reason in ALLOWING


_Said = list[tuple[int, Saying]]


def needs_consent(channel: str, purpose: str) -> bool:
    """Tell whether somebody must have agreed, with proof, before they are contacted."""
    return purpose != _SERVICE and (channel in _ASKED_FIRST or purpose == _THIRD_PARTY)


def permission(channel: str, purpose: str, points: Sequence[str], sayings: Sequence[Saying], now: str) -> Permission:
    """Return whether somebody may be contacted at any of these points, which are of the channel and in use.

    `sayings` are all with which their records and contact points have to do; `Verdict.index` is a place among them.
    """
    said = [each for each in enumerate(sayings) if each[1].purpose == purpose and _is_about(each[1], channel)]
    refused = [each for each in said if each[1].state == REFUSED and each[1].voice != OTHER and each[1].counts(now)]
    found = {point: _at_point([each for each in said if each[1].point == point], channel, purpose, now) for point in points}
    if refused and purpose != _SERVICE:
        # Who has said no to one number of theirs has not left the others open by saying nothing of them.
        silent = [point for point, one in found.items() if one.reason == NOT_REFUSED]
        found |= dict.fromkeys(silent, Permission(REFUSED, verdict(refused)))
    altogether = [each for each in refused if not each[1].point]
    if altogether:
        # No grant outweighs what they refused for everything, also at a point that none of their records has.
        open_yet = [point for point, one in found.items() if one.reason != REFUSED]
        found |= dict.fromkeys(open_yet, Permission(REFUSED, verdict(altogether)))
    if not found:
        return Permission(REFUSED, verdict(altogether)) if altogether else Permission(NO_CONTACT_POINT)
    plainest = min(found.values(), key=lambda one: REASONS.index(one.reason))
    return replace(plainest, points=tuple(point for point, one in found.items() if one.allowed))


def _is_about(saying: Saying, channel: str) -> bool:
    """Tell whether a declaration is about the channel; a grant for everything, only as far as whoever gave it is reached."""
    if saying.point == ADDRESS:
        return saying.state == REFUSED or saying.reached
    return saying.point.partition(":")[0] in KINDS[channel]


def _at_point(said: _Said, channel: str, purpose: str, now: str) -> Permission:
    """Return what may be done at one point, by what is said about it."""
    live = [each for each in said if each[1].counts(now)]
    if any(each.state == REFUSED for _, each in live):
        return Permission(REFUSED, verdict(live))
    asked_first = needs_consent(channel, purpose)
    agreed = [each for each in live if each[1].proven] if asked_first else live
    if agreed:
        return Permission(GRANTED, verdict(agreed))
    if live:
        return Permission(UNPROVEN, verdict(live))
    ended = [each for each in said if each[1].state == GRANTED and replace(each[1], until=None).counts(now)]
    if ended and purpose != _SERVICE:
        return Permission(EXPIRED, verdict(ended))
    return Permission(NO_CONSENT if asked_first else NOT_REFUSED)
