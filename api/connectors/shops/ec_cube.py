"""EC-CUBE 4: webhooks of its Web API plugin, which name what has changed; the thing is asked for by its GraphQL API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from api.connectors.delivery import Delivery, Mapped, RawEvent
from api.connectors.events import PERSON, PRODUCT, event, id_of, said
from api.connectors.parts import Part
from api.connectors.shops.fetching import MOST_AT_ONCE, client_of, fetched
from api.connectors.shops.orders import amount, balanced, order_events, written
from graph.errors import ServiceUnavailable

SOURCE = "/ec-cube"
AT_CHECKOUT = frozenset({"7", "8"})
"""購入処理中 and 決済処理中: no orders yet."""
_STATES: Mapping[str, str] = {
    "1": "PLACED", "3": "CANCELLED", "4": "CONFIRMED", "5": "FULFILLED", "6": "CONFIRMED", "9": "RETURNED",
}  # fmt: skip
_GENDERS: Mapping[str, str] = {"1": "MALE", "2": "FEMALE"}
ITEM = "1"
"""The type of an order item that is an article (商品); others are carriage, fees and discounts."""
_PERSON = "name01 name02 kana01 kana02 email phone_number postal_code addr01 addr02 birth Pref { name }"
_QUERIES: Mapping[str, str] = {
    "customer": f"{{ customer(id: ID) {{ id company_name point note update_date Sex {{ id }} {_PERSON} }} }}",
    "order": (
        f"{{ order(id: ID) {{ id order_no message order_date create_date update_date discount delivery_fee_total "
        f"charge tax total use_point currency_code Customer {{ id }} OrderStatus {{ id }} {_PERSON} "
        "OrderItems { product_name product_code price quantity tax OrderItemType { id } } } }"
    ),
    "product": (
        "{ product(id: ID) { id name update_date ProductClasses { code price02 currency_code visible "
        "ClassCategory1 { name } ClassCategory2 { name } } } }"
    ),
}
_Reader: TypeAlias = Callable[[Part], list[RawEvent]]


@dataclass(frozen=True, slots=True)
class EcCube:
    """The shop at `address`, asked with an access token of the scope `read`."""

    address: str
    token: str

    async def read(self, delivery: Delivery) -> Mapped:
        """Return what has changed, as it is now. Raises ServiceUnavailable where the shop cannot be asked."""
        wanted = [named for part in delivery.told().items() if (named := _named(part))]
        events: list[RawEvent] = []
        async with client_of(self.address, {"Authorization": f"Bearer {self.token}"}) as client:
            for entity, own_id in dict.fromkeys(wanted[:MOST_AT_ONCE]):
                query = _QUERIES[entity].replace("ID", str(own_id), 1)
                answer = await fetched(client, "POST", "/api", json={"query": query}) or Part(None)
                if answer.each("errors"):
                    raise ServiceUnavailable("The shop refused the question; its log says why.")
                thing = answer["data"][entity]
                events += _READERS[entity](thing) if thing.text("id") else []
        return events


def _named(part: Part) -> tuple[str, int] | None:
    entity, own_id = part.text("entity"), part.whole("id")
    if entity is None or entity not in _READERS or own_id is None or part.text("action") == "deleted":
        return None
    return entity, own_id


def _customer(told: Part) -> list[RawEvent]:
    own_id, changed = told.text("id"), told.text("update_date")
    data = said(
        **_person(told),
        gender=_GENDERS.get(told["Sex"].text("id") or "", "UNKNOWN"),
        identifiers=_identifiers(told, own_id),
        attributes=said(company=told.text("company_name"), points=_points(told, "point"), note=told.text("note")),
    )
    return [event(PERSON, SOURCE, id_of("customer", own_id, changed, str(data)), changed, data, subject=own_id)]


def _order(told: Part) -> list[RawEvent]:
    state = told["OrderStatus"].text("id") or ""
    if state in AT_CHECKOUT:
        return []
    member = told["Customer"].text("id")
    lines = [line for place, item in enumerate(told.each("OrderItems"), 1) if (line := _line(place, item))]
    person = said(**_person(told), identifiers=_identifiers(told, member))
    tax = sum((amount(line.get("tax")) for line in lines), Decimal(0))
    data: dict[str, Any] = {
        "status": _STATES.get(state, "PLACED"),
        "channel": "WEB",
        "currency": told.text("currency_code") or "JPY",
        "by": said(record={"source": SOURCE, "subject": member} if member else None, person=person),
        "lines": lines,
        **balanced(lines, amount(told.text("total")), amount(told.text("delivery_fee_total")), tax),
        "tax": written(tax) if tax else None,
        "pointsUsed": _points(told, "use_point"),
        "reference": told.text("id"),
        "text": told.text("message"),
    }
    return order_events(
        SOURCE, told.text("order_no", "id"), told.text("order_date", "create_date"), told.text("update_date"), data
    )


def _line(place: int, item: Part) -> dict[str, Any]:
    if item["OrderItemType"].text("id") not in (ITEM, None):
        return {}
    price, quantity = amount(item.text("price")), amount(item.text("quantity") or "1")
    tax = amount(item.text("tax")) * quantity
    number = int(quantity) if quantity == int(quantity) else float(quantity)
    return said(
        line=place,
        sku=item.text("product_code"),
        name=item.text("product_name"),
        quantity=number,
        unitPrice=written(price),
        tax=written(tax) if tax else None,
    )


def _product(told: Part) -> list[RawEvent]:
    changed, events = told.text("update_date"), list[RawEvent]()
    for each in told.each("ProductClasses"):
        if (sku := each.text("code")) is None or each["visible"].value is False:
            continue
        classes = (each[name].text("name") for name in ("ClassCategory1", "ClassCategory2"))
        data = said(
            name=" ".join(filter(None, (told.text("name"), *classes))) or None,
            price=written(amount(each.text("price02"))),
            currency=each.text("currency_code") or "JPY",
        )
        events.append(event(PRODUCT, SOURCE, id_of("product", sku, changed, str(data)), changed, data, subject=sku))
    return events


_READERS: Mapping[str, _Reader] = {"customer": _customer, "order": _order, "product": _product}


def _person(told: Part) -> dict[str, Any]:
    place = "".join(filter(None, (told["Pref"].text("name"), told.text("addr01"), told.text("addr02"))))
    full = " ".join(filter(None, (told.text("postal_code"), place)))
    return said(
        name=said(family=told.text("name01"), given=told.text("name02")) or None,
        kana=said(family=told.text("kana01"), given=told.text("kana02")) or None,
        birthDate=told.text("birth"),
        address={"full": full} if full else None,
    )


def _points(told: Part, name: str) -> int | None:
    """Return points, which are decimals in a text."""
    return int(amount(points)) if (points := told.text(name)) else None


def _identifiers(told: Part, member: str | None) -> list[dict[str, str]]:
    mail, phone = told.text("email"), told.text("phone_number")
    return [
        *([{"kind": "EC_ACCOUNT_ID", "value": member, "scope": SOURCE}] if member else []),
        *([{"kind": "PHONE", "value": phone}] if phone else []),
        *([{"kind": "EMAIL", "value": mail}] if mail else []),
    ]
