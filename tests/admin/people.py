"""Made-up people whose history came in as events, with every trait that the pages show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.running import Running

HANAKO, TARO, FIRST_JIRO, SECOND_JIRO, NEWCOMER, SCRIPT = "U-hanako", "U-taro", "U-jiro", "P-jiro", "U-new", "U-script"
MOBILE, LANDLINE = "090-5555-0101", "03-5555-0100"
MARRIED = "U-married"
STATES = ("PLACED", "RETURNED")
INTERACTIONS = 25
ORDERS = 7


def event(kind: str, source: str, number: str, time: str, data: dict[str, Any], *, subject: str | None = None) -> dict[str, Any]:
    """Return a CloudEvent of this house."""
    envelope = {
        "specversion": "1.0",
        "type": f"customer360.{kind}.v1",
        "source": source,
        "id": number,
        "time": time,
        "data": data,
    }
    return envelope if subject is None else {**envelope, "subject": subject}


def person(subject: str, data: dict[str, Any], source: str = "/ec", time: str = "2025-01-10T10:00:00+09:00") -> dict[str, Any]:
    return event("person", source, f"person-{subject}-{time}", time, data, subject=subject)


def phone(number: str, **more: Any) -> dict[str, Any]:
    return {"kind": "PHONE", "value": number, **more}


def mail(address: str, **more: Any) -> dict[str, Any]:
    return {"kind": "EMAIL", "value": address, **more}


def places() -> list[dict[str, Any]]:
    """Two shops and an article."""
    shops = [("shibuya", "試験渋谷店"), ("yokohama", "試験横浜店")]
    time = "2025-01-01T10:00:00+09:00"
    stores = [event("store", "/stores", f"s-{code}", time, {"name": name, "kind": "SHOP"}, subject=code) for code, name in shops]
    article = {"name": "試験ジャケット", "price": "19800", "currency": "JPY"}
    return [*stores, event("product", "/stock", "p-1", time, article, subject="SKU-1")]


def people() -> list[dict[str, Any]]:
    """Hanako and Taro share a landline at home; Jiro is known twice; one has no history, one a name full of markup."""
    at_home = phone(LANDLINE, sharing="HOUSEHOLD")
    hanako = {
        "name": {"full": "試験 花子"}, "kana": {"full": "シケン ハナコ"}, "birthDate": "昭和63年8月8日", "gender": "FEMALE",
        "language": "ja", "address": {"full": "東京都試験区見本1-2-3"},
        "identifiers": [phone(MOBILE, verified=True), at_home, mail("hanako@example.jp", verified=True)],
    }  # fmt: skip
    taro = {"name": {"full": "試験 太郎"}, "kana": {"full": "シケン タロウ"}, "identifiers": [at_home, mail("taro@example.jp")]}
    jiro = {"name": {"full": "見本 次郎"}, "kana": {"full": "ミホン ジロウ"}}
    return [
        person(HANAKO, hanako),
        person(TARO, taro),
        person(FIRST_JIRO, {**jiro, "identifiers": [mail("jiro@example.jp", verified=True)]}),
        person(SECOND_JIRO, {**jiro, "identifiers": [phone("090-5555-0777")]}, source="/pos"),
        person(NEWCOMER, {"name": {"full": "新規 見本"}, "identifiers": [mail("new@example.jp")]}),
        *marrying(),
        person(SCRIPT, {"name": {"full": "<script>alert(1)</script>"}, "identifiers": [mail("markup@example.jp")]}),
    ]


def marrying() -> list[dict[str, Any]]:
    """Yoshiko changes her surname, and somebody of another given name gives her mobile number."""
    held = {"birthDate": "1990-05-05", "identifiers": [phone("090-5555-0909")]}
    return [
        person(MARRIED, {"name": {"family": "改姓前", "given": "良子"}, **held}, time="2025-01-05T10:00:00+09:00"),
        person(MARRIED, {"name": {"family": "改姓後", "given": "良子"}, **held}),
        person("U-other", {"name": {"family": "改姓後", "given": "次郎"}, "identifiers": [phone("090-5555-0909")]}),
    ]


def jiro_becomes_one() -> list[dict[str, Any]]:
    """The second record of Jiro now has the verified mail of the first."""
    both = [phone("090-5555-0777"), mail("jiro@example.jp", verified=True)]
    data = {"name": {"full": "見本 次郎"}, "kana": {"full": "ミホン ジロウ"}, "identifiers": both}
    return [person(SECOND_JIRO, data, source="/pos", time="2025-03-01T10:00:00+09:00")]


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def worries() -> list[dict[str, Any]]:
    """What waits for Jiro or went wrong, newest first; a page shows four of these."""
    by = {"by": {"record": {"source": "/pos", "subject": SECOND_JIRO}}}
    placed, back = ({"status": status, "currency": "JPY", "lines": [{"line": 1, "amount": "500"}], **by} for status in STATES)
    mail = {"kind": "EMAIL", "direction": "INBOUND", "subject": "試験の質問", "text": "試験の本文です。"}
    return [
        event("order", "/pos", "open", days_ago(1), placed, subject="T-OPEN"),
        event("interaction", "/crm", "unanswered", days_ago(2), {**mail, **by}),
        event("interaction", "/crm", "low", days_ago(3), {"kind": "SURVEY", "score": 1, "scale": "10", **by}),
        event("order", "/pos", "late", days_ago(30), placed, subject="T-LATE"),
        event("order", "/pos", "returned", days_ago(40), back, subject="T-BACK"),
    ]


def orders() -> list[dict[str, Any]]:
    """Seven orders of Hanako: in a shop or on the web, 10,000 yen more each time."""
    made: list[dict[str, Any]] = []
    for number in range(1, ORDERS + 1):
        amount = str(number * 10_000)
        line = {"line": 1, "sku": "SKU-1", "name": "試験ジャケット", "quantity": 1, "unitPrice": amount, "amount": amount}
        data = {
            "status": "FULFILLED", "currency": "JPY", "lines": [line], "total": amount,
            "by": {"record": {"source": "/ec", "subject": HANAKO}},
            **({"channel": "STORE", "store": "shibuya"} if number % 2 else {"channel": "WEB"}),
        }  # fmt: skip
        made.append(
            event(
                "order", "/pos", f"order-{number}", f"2025-02-{number:02d}T15:00:00+09:00", data, subject=f"T-2025-{number:04d}"
            )
        )
    return made


def interactions() -> list[dict[str, Any]]:
    """Calls and LINE chats of Hanako, one a day, the even days by telephone."""
    made: list[dict[str, Any]] = []
    for day in range(1, INTERACTIONS + 1):
        call = {"kind": "CALL", "direction": "INBOUND", "summary": f"試験の電話 {day}", "staff": "op-12", "products": ["SKU-1"]}
        chat = {"kind": "CHAT_THREAD", "channel": "LINE", "summary": f"試験のチャット {day}", "text": f"{day}日の長い文章"}
        chat |= {"messages": [{"at": f"2025-05-{day:02d}T12:01:00+09:00", "from": "customer", "text": f"{day}日の質問です"}]}
        by = {"by": {"record": {"source": "/ec", "subject": HANAKO}}}
        made.append(
            event("interaction", "/cti", f"i-{day}", f"2025-05-{day:02d}T12:00:00+09:00", {**(chat if day % 2 else call), **by})
        )
    return made


def agreeing() -> list[dict[str, Any]]:
    """Hanako lets herself be written to but not called; the form is kept."""
    by = {"by": {"record": {"source": "/ec", "subject": HANAKO}}, "purpose": "MARKETING"}
    proof = {"proof": {"how": "試験の申込書", "document": "form-1.pdf"}}
    said = [("REFUSED", phone(MOBILE), proof), ("GRANTED", mail("hanako@example.jp"), {})]
    return [
        event(
            "consent",
            "/crm",
            f"consent-{state}",
            "2025-02-01T10:00:00+09:00",
            {**by, "state": state, "contactPoint": point, **more},
        )
        for state, point, more in said
    ]


async def told(server: Running) -> str:
    """Send places, people and all that they did; return Hanako's GraphQL id."""
    await server.post(places())
    known = people()
    receipts = await server.post(known)
    await server.post([*orders(), *interactions()])
    return next(receipt["customerId"] for event, receipt in zip(known, receipts, strict=True) if event["subject"] == HANAKO)
