"""Stories of what people agreed to and refused: yes at the till and no online, and a stop by SMS from a number of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.characters import AGREED_AND_REFUSED, STOPPED_BY_MESSAGE
from demo.envelope import RawEvent, by_identifier, by_record, event, moment
from demo.records import records

PAPER_FORM = "会員申込書（紙）"


def consents() -> Iterator[RawEvent]:
    yield from _yes_at_the_till_and_no_online()
    yield from _stop_by_message()


def _said(source: str, number: str, at: str, purpose: str, state: str, **data: Any) -> RawEvent:
    return event("consent", source, f"consent-{number}", moment(at), {"purpose": purpose, "state": state, **data})


def _phone(value: str) -> dict[str, Any]:
    return {"contactPoint": {"kind": "PHONE", "value": value}}


def _yes_at_the_till_and_no_online() -> Iterator[RawEvent]:
    """She signs a form at the till, and unticks the box for calls in the web shop: one person, so no counts."""
    person = AGREED_AND_REFUSED
    yield from records(person)
    till, account = {"by": by_record("/pos", person.member)}, {"by": by_record("/ec", person.account)}
    form = {
        "how": PAPER_FORM,
        "text": "お電話で新商品をご案内してもよろしいですか",
        "document": "form-9010.pdf",
        "staff": "clerk-4",
    }
    yield _said("/pos", "9010-phone", "2025-02-08T13:05", "MARKETING", "GRANTED", **till, **_phone(person.mobile), proof=form)
    box = {"how": "会員ページの設定", "text": "電話でのご案内を受け取る（チェックなし）"}
    yield _said("/ec", "9010-phone", "2025-02-20T21:40", "MARKETING", "REFUSED", **account, **_phone(person.mobile), proof=box)
    mail = {"contactPoint": {"kind": "EMAIL", "value": person.mail}}
    ticked = {"how": "会員ページの設定", "text": "メールマガジンを受け取る（チェックあり）"}
    yield _said("/ec", "9010-mail", "2025-02-20T21:40", "MARKETING", "GRANTED", **account, **mail, proof=ticked)


def _stop_by_message() -> Iterator[RawEvent]:
    """A stop arrives by SMS from a number that nobody holds; a month later he registers with it, and it holds for him."""
    person = STOPPED_BY_MESSAGE
    stop = {"how": "SMS の返信", "text": "停止"}
    yield _said("/sms", "9011", "2026-02-10T08:15", "MARKETING", "REFUSED", by=by_identifier("PHONE", person.mobile), proof=stop)
    yield from records(person)
