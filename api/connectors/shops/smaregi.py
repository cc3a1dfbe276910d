"""Smaregi (スマレジ): webhooks of the platform API, which name what has changed; the thing is asked for by that API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote

import httpx2

from api.connectors.delivery import Delivery, Mapped, RawEvent
from api.connectors.events import CONSENT, PERSON, PRODUCT, event, id_of, said
from api.connectors.parts import Part
from api.connectors.shops.fetching import MOST_AT_ONCE, TIMEOUT_SECONDS, client_of, fetched
from api.connectors.shops.orders import amount, balanced, order_events, written

SOURCE = "/smaregi"
SCOPES = "pos.customers:read pos.transactions:read pos.products:read"
SALE, CANCELLED = "1", "1"
EARLY_SECONDS = 60
"""A token is asked for anew so long before it ends."""
_GENDERS: Mapping[str, str] = {"1": "MALE", "2": "FEMALE"}
_STATUSES: Mapping[str, str] = {"0": "利用可", "1": "利用停止", "2": "紛失", "3": "退会", "4": "名寄せ"}
_Reader: TypeAlias = Callable[[Part], list[RawEvent]]


@dataclass(slots=True)
class Smaregi:
    """A contract at the platform API; `identity` is the address that gives tokens, `api` the one that is asked."""

    contract: str
    client_id: str
    client_secret: str
    identity: str
    api: str
    _token: str = field(default="", init=False)
    _until: float = field(default=0, init=False)

    async def read(self, delivery: Delivery) -> Mapped:
        """Return what has changed, as it is now. Raises ServiceUnavailable where Smaregi cannot be asked."""
        told = delivery.told()
        row = _EVENTS.get(told.text("event") or "")
        if row is None or told.text("action") in _GONE or told.text("contractId") != self.contract:
            return []
        ids, path, reader = row
        wanted = [each.value for each in told.each(ids)][:MOST_AT_ONCE]
        events: list[RawEvent] = []
        if not wanted:
            return events
        async with client_of(self.api, {"Authorization": f"Bearer {await self._access()}"}) as client:
            for own_id in wanted:
                found = await fetched(client, "GET", f"/{quote(self.contract)}/pos/{path.format(quote(str(own_id), safe=''))}")
                events += reader(found) if found else []
        return events

    async def _access(self) -> str:
        """Return a token of the contract, which holds for an hour."""
        if time.monotonic() >= self._until:
            async with httpx2.AsyncClient(base_url=self.identity, timeout=TIMEOUT_SECONDS) as client:
                form = {"grant_type": "client_credentials", "scope": SCOPES}
                basic = (self.client_id, self.client_secret)
                given = await fetched(client, "POST", f"/app/{quote(self.contract)}/token", data=form, auth=basic) or Part(None)
            self._token = given.text("access_token") or ""
            self._until = time.monotonic() + (given.whole("expires_in") or 0) - EARLY_SECONDS
        return self._token


_GONE = frozenset({"deleted", "bulk-deleted"})


def _customer(told: Part) -> list[RawEvent]:
    own_id, changed = told.text("customerCode", "customerId"), told.text("updDateTime", "insDateTime")
    if own_id is None:
        return []
    data = said(
        name=said(family=told.text("lastName"), given=told.text("firstName")) or None,
        kana=said(family=told.text("lastKana"), given=told.text("firstKana")) or None,
        gender=_GENDERS.get(told.text("sex") or "", "UNKNOWN"),
        birthDate=told.text("birthDate"),
        address={"full": full} if (full := " ".join(filter(None, (told.text("postCode"), told.text("address"))))) else None,
        identifiers=_identifiers(told),
        attributes=said(
            company=told.text("companyName"),
            department=told.text("departmentName"),
            rank=told.text("rank"),
            memberSince=told.text("entryDate"),
            memberUntil=told.text("leaveDate"),
            memberStatus=_STATUSES.get(told.text("status") or ""),
            note=told.text("note"),
        ),
    )
    person = event(PERSON, SOURCE, id_of("customer", own_id, changed, str(data)), changed, data, subject=own_id)
    return [person, *_refusal(told, own_id, changed)]


def _refusal(told: Part, own_id: str, changed: str | None) -> list[RawEvent]:
    """Who refuses mail refuses it aloud; who allows it has not said for what, so that is kept as nothing."""
    mail = told.text("mailAddress")
    if told.text("mailReceiveFlag") != "0" or mail is None:
        return []
    data: dict[str, Any] = {
        "by": {"record": {"source": SOURCE, "subject": own_id}},
        "contactPoint": {"kind": "EMAIL", "value": mail},
        "purpose": "MARKETING",
        "state": "REFUSED",
        "proof": {"how": "スマレジの会員情報", "text": "メール受信許可フラグ"},
    }
    return [event(CONSENT, SOURCE, id_of("refusal", own_id, changed, mail), changed, data)]


def _transaction(told: Part) -> list[RawEvent]:
    """Payments in and out of the till, points and receipts are no sales."""
    if told.text("transactionHeadDivision") not in (SALE, None):
        return []
    lines = [_line(place, item) for place, item in enumerate(told.each("details"), 1)]
    member, on_top = told.text("customerCode", "customerId"), amount(told.text("taxExclude"))
    data: dict[str, Any] = {
        "status": "CANCELLED" if told.text("cancelDivision") == CANCELLED else "FULFILLED",
        "channel": "STORE",
        "store": told.text("storeCode", "storeId"),
        "staff": told.text("staffName"),
        "currency": "JPY",
        "by": {"record": {"source": SOURCE, "subject": member}} if member else None,
        "lines": lines,
        **balanced(lines, amount(told.text("total")), amount(None), on_top),
        "tax": written(on_top + amount(told.text("taxInclude"))),
    }
    bought = told.text("terminalTranDateTime", "transactionDateTime")
    return order_events(SOURCE, told.text("transactionHeadId"), bought, told.text("updDateTime") or bought, data)


def _line(place: int, item: Part) -> dict[str, Any]:
    quantity = amount(item.text("quantity") or "1")
    return said(
        line=place,
        sku=item.text("productCode", "productId"),
        name=item.text("productName"),
        quantity=int(quantity) if quantity == int(quantity) else float(quantity),
        unitPrice=written(amount(item.text("salesPrice", "price"))),
    )


def _product(told: Part) -> list[RawEvent]:
    sku, changed = told.text("productCode", "productId"), told.text("updDateTime", "insDateTime")
    if sku is None:
        return []
    price = told.text("price")
    data = said(name=told.text("productName"), notes=told.text("description"), **_price(price))
    return [event(PRODUCT, SOURCE, id_of("product", sku, changed, str(data)), changed, data, subject=sku)]


def _price(price: str | None) -> dict[str, str]:
    return {"price": written(amount(price)), "currency": "JPY"} if price else {}


_EVENTS: Mapping[str, tuple[str, str, _Reader]] = {
    "pos:customers": ("customerIds", "customers/{}", _customer),
    "pos:transactions": ("transactionHeadIds", "transactions/{}?with_details=all", _transaction),
    "pos:products": ("productIds", "products/{}", _product),
}
"""Event -> where its ids stand, the path of one of them, and its reader."""


def _identifiers(told: Part) -> list[dict[str, str]]:
    kinds = (
        ("MEMBER_NUMBER", "customerCode"),
        ("EXTERNAL_ID", "customerId"),
        ("PHONE", "mobileNumber"),
        ("PHONE", "phoneNumber"),
        ("FAX", "faxNumber"),
        ("EMAIL", "mailAddress"),
        ("EMAIL", "mailAddress2"),
        ("EMAIL", "mailAddress3"),
    )
    return [{"kind": kind, "value": value} for kind, name in kinds if (value := told.text(name))]
