"""Asterisk: events of an ARI application, forwarded one by one as ARI writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from api.connectors.delivery import Delivery, Mapped, RawEvent
from api.connectors.events import id_of
from api.connectors.parts import Part
from api.connectors.telephone.calls import ANSWERED, BUSY, COMPLETED, MISSED, RINGING, TRANSFERRED, by_caller, call

SOURCE = "/asterisk"
_Reader: TypeAlias = Callable[[Part, str], list[RawEvent]]
_BUSY_CAUSES = frozenset({17})
_WITHHELD = frozenset({"anonymous", "restricted", "private", "withheld"})


def read_asterisk(delivery: Delivery) -> Mapped:
    """Return the event of what belongs to a call's course; nothing for other events of ARI, of which there are dozens."""
    told = delivery.told()
    report = _READERS.get(told.text("type") or "")
    return [] if report is None else report(told, id_of(delivery.body))


def _started(told: Part, report: str) -> list[RawEvent]:
    channel = told["channel"]
    by = by_caller(*_caller(channel))
    queue = channel["dialplan"].text("exten")
    return [_call(told, channel, report, RINGING, by=by, queue=queue, language=channel.text("language"))]


def _dialled(told: Part, report: str) -> list[RawEvent]:
    """A call that somebody was called for is answered when that one answers; other states of dialling say nothing."""
    if told.text("dialstatus") != "ANSWER" or told["caller"].value is None:
        return []
    return [_call(told, told["caller"], report, ANSWERED, staff=_extension(told["peer"]))]


def _transferred(told: Part, report: str) -> list[RawEvent]:
    kept = told["transferee"] if told["transferee"].value is not None else told["channel"]
    to = told.text("exten") or _extension(told["transfer_target"])
    return [_call(told, kept, report, TRANSFERRED, staff=to)]


def _destroyed(told: Part, report: str) -> list[RawEvent]:
    channel = told["channel"]
    spoken = channel.text("state") == "Up"
    outcome = COMPLETED if spoken else BUSY if told.whole("cause") in _BUSY_CAUSES else MISSED
    seconds = _seconds(channel.text("creationtime"), told.text("timestamp")) if spoken else 0
    return [_call(told, channel, report, outcome, endedAt=told.text("timestamp"), durationSeconds=seconds)]


_READERS: Mapping[str, _Reader] = {
    "StasisStart": _started,
    "Dial": _dialled,
    "BridgeBlindTransfer": _transferred,
    "BridgeAttendedTransfer": _transferred,
    "ChannelDestroyed": _destroyed,
}


def _call(told: Part, channel: Part, report: str, outcome: str, **more: object) -> RawEvent:
    return call(SOURCE, channel.text("id"), report, told.text("timestamp"), outcome, direction="INBOUND", **more)


def _caller(channel: Part) -> tuple[str | None, str | None]:
    """Return number and presentation of a caller: a withheld number is told by its presentation, or by words in its place."""
    number, name = channel["caller"].text("number"), channel["caller"].text("name")
    presentation = channel["channelvars"].text("CALLERID(num-pres)") or ""
    words = {(text or "").strip().lower() for text in (number, name)}
    withheld = presentation.startswith("prohib") or (_WITHHELD & words and not (number or "").strip("+").isdigit())
    return number, "withheld" if withheld else None


def _extension(channel: Part) -> str | None:
    """Return who a channel belongs to: its caller number, else its name between technology and serial (`PJSIP/op-3-0000002a`)."""
    name = channel.text("name")
    return channel["caller"].text("number") or (name.partition("/")[2].rpartition("-")[0] or None if name else None)


def _seconds(since: str | None, until: str | None) -> int | None:
    try:
        return max(0, round((datetime.fromisoformat(until or "") - datetime.fromisoformat(since or "")).total_seconds()))
    except (ValueError, TypeError):
        return None
