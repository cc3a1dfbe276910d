"""Stories of who is who: a family's landline, a switchboard, a marriage, a number that changed hands, two scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.characters import BEFORE_MARRIAGE, FOREIGNER
from demo.envelope import RawEvent, by_identifier, by_record, event, moment
from demo.records import records
from demo.stories.orders import one_piece

FAMILY_LANDLINE = "03-1234-0003"
FAMILY = (
    ("見本坂 正", "ミホンザカ タダシ", "1961-05-05"),
    ("見本坂 春子", "ミホンザカ ハルコ", "1963-03-03"),
    ("見本坂 夏樹", "ミホンザカ ナツキ", "1994-07-20"),
)
SWITCHBOARD = "03-1234-9100"
OFFICE = (
    ("想定 誠", "ソウテイ マコト", "総務部", "12", "soumu.soutei"),
    ("模擬 由美", "モギ ユミ", "人事部", "25", "jinji.mogi"),
    ("稽古 隆", "ケイコ タカシ", "店舗開発部", "31", "kaihatsu.keiko"),
)
REISSUED = "080-9999-0001"


def people() -> Iterator[RawEvent]:
    yield from _family()
    yield from _switchboard()
    yield from _marriage_and_move()
    yield from _number_that_changed_hands()
    yield from records(FOREIGNER)


def _call(contact: str, at: str, by: dict[str, Any], summary: str, **more: Any) -> RawEvent:
    data = {"kind": "CALL", "direction": "INBOUND", "staff": "op-3", "store": "center", "summary": summary, **more, "by": by}
    return event("interaction", "/cti", contact, moment(at), data)


def _family() -> Iterator[RawEvent]:
    """Three people with one landline stay three; a call from it is nobody's until the caller says who is calling."""
    for index, (name, kana, birth) in enumerate(FAMILY, 1):
        data = {
            "name": {"full": name},
            "kana": {"full": kana},
            "birthDate": birth,
            "address": {"full": "東京都見本区例町三丁目10番5号"},
            "identifiers": [
                {"kind": "MEMBER_NUMBER", "value": f"M-90000{index}"},
                {"kind": "PHONE", "value": FAMILY_LANDLINE, "sharing": "HOUSEHOLD"},
            ],
        }
        yield event("person", "/pos", f"family-{index}", moment("2025-01-10T11:00"), data, subject=f"M-90000{index}")
    mother, landline = by_record("/pos", "M-900002"), by_identifier("PHONE", FAMILY_LANDLINE)
    yield _call("family-call", "2026-09-12T16:20", landline, "コートの取り置き")
    yield _call("family-call-named", "2026-09-12T17:05", mother | landline, "先ほどの取り置き、春子様とご本人確認")
    yield one_piece("/pos/ginza", "POS-STORY-6", "2026-09-13T11:30", "SKU-025", mother, channel="STORE", store="ginza")


def _switchboard() -> Iterator[RawEvent]:
    """Three colleagues behind one number with extensions: each with a mail of their own, none joined to another."""
    for index, (name, kana, department, extension, mail) in enumerate(OFFICE, 1):
        data = {
            "name": {"full": name},
            "kana": {"full": kana},
            "identifiers": [
                {"kind": "EC_ACCOUNT_ID", "value": f"B9100{index}"},
                {"kind": "EMAIL", "value": f"{mail}@mihon-shoji.example.jp", "verified": True},
                {"kind": "PHONE", "value": f"{SWITCHBOARD} 内線{extension}", "sharing": "ORGANIZATION"},
            ],
            "attributes": {"company": "株式会社見本商事", "department": department},
        }
        yield event("person", "/ec", f"office-{index}", moment("2025-06-02T10:00"), data, subject=f"B9100{index}")
    switchboard = by_identifier("PHONE", SWITCHBOARD)
    yield _call("office-call", "2026-10-27T09:40", switchboard, "制服の納期の問い合わせ。部署を名乗らず切断")
    buyer = by_record("/ec", "B91001")
    sheet = {
        "kind": "FAX",
        "direction": "INBOUND",
        "document": "法人注文書",
        "pageCount": 2,
        "products": ["SKU-007"],
        "by": buyer,
    }
    yield event("interaction", "/cti", "office-fax", moment("2026-10-28T10:15"), sheet)
    yield one_piece("/cti", "FAX-STORY-7", "2026-10-28T11:00", "SKU-007", buyer, channel="FAX", store="center")


def _marriage_and_move() -> Iterator[RawEvent]:
    """Her web account takes the new name and address; the till in Sapporo keeps the old; she buys on in Fukuoka."""
    person = BEFORE_MARRIAGE
    yield from records(person)
    member, account = by_record("/pos", person.member), by_record("/ec", person.account)
    yield one_piece("/pos/sapporo", "POS-STORY-8", "2025-10-18T16:00", "SKU-039", member, channel="STORE", store="sapporo")
    data = {
        "name": {"family": "例﨑", "given": "結衣"},
        "kana": {"family": "レイザキ", "given": "ユイ"},
        "address": {"full": "福岡県見本市潮町5-2-8"},
    }
    yield event("person", "/ec", "account-9008-married", moment("2026-04-02T20:10"), data, subject=person.account)
    yield one_piece("/ec", "EC-STORY-8", "2026-06-20T21:05", "SKU-014", account, channel="WEB", store="web")
    yield one_piece("/pos/fukuoka", "POS-STORY-9", "2026-10-31T12:40", "SKU-041", member, channel="STORE", store="fukuoka")


def _number_that_changed_hands() -> Iterator[RawEvent]:
    """Kyuko had the number first, Arata registers it a year later; no source says when: calls go to whoever held it then."""
    for subject, name, kana, at in (
        ("M-800001", "仮谷 旧子", "カリヤ キュウコ", "2025-05-10T10:00"),
        ("M-800002", "想野 新", "オモノ アラタ", "2026-05-01T10:00"),
    ):
        identifiers = [{"kind": "MEMBER_NUMBER", "value": subject}, {"kind": "PHONE", "value": REISSUED}]
        data = {"name": {"full": name}, "kana": {"full": kana}, "identifiers": identifiers}
        yield event("person", "/pos", f"reissued-{subject}", moment(at), data, subject=subject)
    number = by_identifier("PHONE", REISSUED)
    yield _call("reissued-call-1", "2025-07-05T11:00", number, "セールの日程の問い合わせ")
    yield _call("reissued-call-2", "2026-05-02T15:00", number, "前の持ち主あての案内が届くとのこと")
    yield _call("reissued-call-3", "2026-08-22T13:30", number, "会員登録の確認")
    old, new = by_record("/pos", "M-800001"), by_record("/pos", "M-800002")
    yield one_piece("/pos/nagoya", "POS-STORY-10", "2025-07-12T14:00", "SKU-010", old, channel="STORE", store="nagoya")
    yield one_piece("/pos/nagoya", "POS-STORY-11", "2026-08-23T17:00", "SKU-019", new, channel="STORE", store="nagoya")
