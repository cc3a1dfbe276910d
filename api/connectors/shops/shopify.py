"""Shopify: webhooks of customers, orders and products, which carry the whole thing. Ids are those of its exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from api.connectors.delivery import Delivery, Mapped, RawEvent
from api.connectors.events import CONSENT, PERSON, PRODUCT, event, id_of, said
from api.connectors.parts import Part
from api.connectors.shops.orders import amount, balanced, order_events, written

SOURCE = "/shopify"
PREFECTURES = [
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
    "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
]  # fmt: skip
"""By the number of `JP-01` to `JP-47` less one."""
_FULFILLED: Mapping[str, str] = {"fulfilled": "FULFILLED", "partial": "PARTIALLY_FULFILLED", "restocked": "RETURNED"}
_PAID: Mapping[str, str] = {"refunded": "RETURNED", "voided": "CANCELLED"}
_CONSENTED: Mapping[str, str] = {"subscribed": "GRANTED", "unsubscribed": "REFUSED"}


def read_shopify(delivery: Delivery) -> Mapped:
    """Return the events of a delivery by its topic; nothing for stock, erasures and other topics."""
    told = delivery.told()
    noun, _, what = delivery.headers.get("x-shopify-topic", "").partition("/")
    read = _READERS.get(noun)
    return [] if read is None or what in _GONE or told.text("id") is None else read(told)


_GONE = frozenset({"delete", "redact", "data_request"})


def _customer(told: Part) -> list[RawEvent]:
    own_id, changed, address = told.text("id"), told.text("updated_at", "created_at"), told["default_address"]
    data = said(
        name=_name(told),
        address={"full": full} if (full := _address(address)) else None,
        language=told.text("locale"),
        identifiers=_identifiers(told.text("email"), told.text("phone"), address.text("phone")),
        attributes=said(company=address.text("company"), tags=told.text("tags"), note=told.text("note")),
    )
    person = event(PERSON, SOURCE, id_of("customer", own_id, changed, str(data)), changed, data, subject=own_id)
    return [person, *_consent(told, own_id or "")]


def _consent(told: Part, own_id: str) -> list[RawEvent]:
    """Who never said anything is `not_subscribed`, which is no refusal."""
    consent, mail = told["email_marketing_consent"], told.text("email")
    state, since = _CONSENTED.get(consent.text("state") or ""), consent.text("consent_updated_at")
    if state is None or mail is None or since is None:
        return []
    data: dict[str, Any] = {
        "by": {"record": {"source": SOURCE, "subject": own_id}},
        "contactPoint": {"kind": "EMAIL", "value": mail},
        "purpose": "MARKETING",
        "state": state,
        "proof": said(how="Shopify", text=consent.text("opt_in_level")),
    }
    return [event(CONSENT, SOURCE, id_of("consent", own_id, since, state, mail), since, data)]


def _order(told: Part) -> list[RawEvent]:
    customer, billing = told["customer"], told["billing_address"]
    lines = [line for place, item in enumerate(told.each("line_items"), 1) if (line := _line(place, item))]
    own_id = customer.text("id")
    person = said(
        name=_name(customer) or _name(billing),
        identifiers=_identifiers(told.text("email", "contact_email"), told.text("phone"), billing.text("phone")),
    )
    on_top = Decimal(0) if told["taxes_included"].value is True else amount(told.text("total_tax"))
    shipping = amount(told["total_shipping_price_set"]["shop_money"].text("amount"))
    refunded = sum((amount(each.text("amount")) for each in _refunds(told)), Decimal(0))
    data = {
        "status": _status(told),
        "channel": "STORE" if told.text("source_name") == "pos" else "WEB",
        "currency": told.text("currency"),
        "by": said(record={"source": SOURCE, "subject": own_id} if own_id else None, person=person or None) or None,
        "lines": lines,
        **balanced(lines, amount(told.text("total_price")), shipping, on_top),
        "tax": written(amount(told.text("total_tax"))),
        "refunded": written(refunded) if refunded else None,
        "couponCodes": [code for each in told.each("discount_codes") if (code := each.text("code"))],
        "text": told.text("note"),
        "fulfillments": [_fulfillment(each) for each in told.each("fulfillments")],
    }
    return order_events(SOURCE, told.text("name"), told.text("created_at"), told.text("updated_at"), data)


def _product(told: Part) -> list[RawEvent]:
    """Each variant that has a SKU is a product of its own. A price is left out: the body does not tell its currency."""
    changed, variants = told.text("updated_at"), told.each("variants")
    events: list[RawEvent] = []
    for variant in variants:
        if (sku := variant.text("sku")) is None:
            continue
        title = variant.text("title")
        data = said(
            name=" ".join(filter(None, (told.text("title"), None if title == "Default Title" else title))) or None,
            brand=told.text("vendor"),
            categories=[category] if (category := told.text("product_type")) else None,
            jan=variant.text("barcode"),
            imageUrl=told["image"].text("src"),
        )
        events.append(event(PRODUCT, SOURCE, id_of("product", sku, changed, str(data)), changed, data, subject=sku))
    return events


_READERS: Mapping[str, Callable[[Part], list[RawEvent]]] = {"customers": _customer, "orders": _order, "products": _product}


def _name(person: Part) -> dict[str, str] | None:
    return said(family=person.text("last_name"), given=person.text("first_name")) or None


def _identifiers(mail: str | None, *phones: str | None) -> list[dict[str, str]]:
    """In Shopify an address has one account, and orders name nothing else of it."""
    account = [{"kind": "EC_ACCOUNT_ID", "value": mail, "scope": SOURCE}, {"kind": "EMAIL", "value": mail}] if mail else []
    return [*account, *({"kind": "PHONE", "value": phone} for phone in phones if phone)]


def _address(address: Part) -> str | None:
    code = address.text("province_code") or ""
    number = int(code[3:]) if code.startswith("JP-") and code[3:].isdecimal() else 0
    prefecture = PREFECTURES[number - 1] if 1 <= number <= len(PREFECTURES) else ""
    place = prefecture + (address.text("city") or "") + (address.text("address1") or "")
    return " ".join(filter(None, (address.text("zip"), place, address.text("address2")))) or None


def _line(place: int, item: Part) -> dict[str, Any]:
    quantity = item.whole("quantity")
    price = item.text("price")
    return said(
        line=place,
        sku=item.text("sku"),
        name=item.text("name", "title"),
        quantity=1 if quantity is None else quantity,
        unitPrice=written(amount(price)),
    )


def _status(told: Part) -> str:
    if told.text("cancelled_at"):
        return "CANCELLED"
    paid = _PAID.get(told.text("financial_status") or "")
    return paid or _FULFILLED.get(told.text("fulfillment_status") or "", "PLACED")


def _refunds(told: Part) -> list[Part]:
    """Return the payments back that went through."""
    every = [each for refund in told.each("refunds") for each in refund.each("transactions")]
    return [each for each in every if each.text("kind") == "refund" and each.text("status") == "success"]


def _fulfillment(part: Part) -> dict[str, str]:
    return said(status=part.text("status"), carrier=part.text("tracking_company"), trackingNumber=part.text("tracking_number"))
