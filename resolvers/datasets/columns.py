"""The columns of each table that can be exported, and the operation that reads a page of its rows by their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.datasets.tables import CUSTOMERS, ORDERS, TOUCHPOINTS, Column, Columns

Told = Any
"""A value as the schema answered it."""
TEXT, INSTANT, AMOUNT = "VARCHAR", "TIMESTAMPTZ", "DECIMAL(18,4)"
TEXTS, MONEY = "VARCHAR[]", "STRUCT(amount DECIMAL(18,4), currency VARCHAR)"
LINE = {
    "number": ("number", "INTEGER"),
    "sku": ("sku", TEXT),
    "name": ("name", TEXT),
    "quantity": ("quantity", "DOUBLE"),
    "unit_price": ("unitPrice.amount", AMOUNT),
    "amount": ("amount.amount", AMOUNT),
    "discount": ("discount.amount", AMOUNT),
    "tax": ("tax.amount", AMOUNT),
}
RECORD = {"source": ("source", TEXT), "external_id": ("externalId", TEXT)}
"""Members of a nested column: name -> where it stands in an answer, and its type."""


@dataclass(frozen=True, slots=True)
class Member:
    """A column: `path` leads to it in an answer, `form` makes what is written of it."""

    name: str
    path: str
    type: str = TEXT
    form: Callable[[Told], Any] = lambda told: told


def at(told: Told, path: str) -> Told:
    """Return what stands at a path such as `total.amount`; None where anything on the way is not there, or not told."""
    for name in path.split("."):
        if told is None:
            return None
        told = told.get(name)
    return told


def listed(members: Mapping[str, tuple[str, str]]) -> Callable[[Told], Any]:
    """Return what makes rows with these members of a page."""

    def form(page: Told) -> Any:
        return None if page is None else [rows_of(edge["node"], members) for edge in page["edges"]]

    return form


def rows_of(told: Told, members: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {name: at(told, path) for name, (path, _) in members.items()}


def struct(members: Mapping[str, tuple[str, str]]) -> str:
    return f"STRUCT({', '.join(f'{name} {type_}' for name, (_, type_) in members.items())})[]"


def skus(products: Told) -> Any:
    return None if products is None else [each["sku"] for each in products]


SHARED: Sequence[Member] = (
    Member("id", "id"),
    Member("customer_id", "customer.id"),
    Member("occurred_at", "occurredAt", INSTANT),
    Member("channel", "channel"),
    Member("store_code", "store.code"),
    Member("source", "source"),
)
MEMBERS: Mapping[str, Sequence[Member]] = {
    CUSTOMERS: (
        Member("id", "id"),
        Member("kind", "kind"),
        Member("version", "version", "INTEGER"),
        Member("name", "name"),
        Member("kana", "kana"),
        Member("name_family", "nameParts.family"),
        Member("name_given", "nameParts.given"),
        Member("former_names", "formerNames", TEXTS),
        Member("birth_date", "birthDate", "DATE"),
        Member("gender", "gender"),
        Member("language", "language"),
        Member("address", "address"),
        Member("phone", "phone"),
        Member("email", "email"),
        Member("order_count", "metrics.orderCount", "INTEGER"),
        Member("spend", "metrics.spend", f"{MONEY}[]"),
        Member("last_seen", "metrics.lastSeen", INSTANT),
        Member("favourite_channel", "metrics.favouriteChannel"),
        Member("favourite_store", "metrics.favouriteStore.code"),
        Member("records", "sourceRecords", struct(RECORD), listed(RECORD)),
    ),
    ORDERS: (
        *SHARED,
        Member("number", "number"),
        Member("status", "status"),
        Member("currency", "total.currency"),
        Member("total", "total.amount", AMOUNT),
        Member("discount", "discount.amount", AMOUNT),
        Member("shipping", "shipping.amount", AMOUNT),
        Member("fee", "fee.amount", AMOUNT),
        Member("tax", "tax.amount", AMOUNT),
        Member("refunded", "refunded.amount", AMOUNT),
        Member("points_used", "pointsUsed", "INTEGER"),
        Member("coupon_codes", "couponCodes", TEXTS),
        Member("lines", "lines", struct(LINE), listed(LINE)),
    ),
    TOUCHPOINTS: (
        *SHARED,
        Member("kind", "kind"),
        Member("ended_at", "endedAt", INSTANT),
        Member("direction", "direction"),
        Member("staff", "staff"),
        Member("subject", "subject"),
        Member("topic", "topic"),
        Member("text", "text"),
        Member("language", "language"),
        Member("skus", "products", TEXTS, skus),
    ),
}
COLUMNS: Columns = {table: [Column(each.name, each.type) for each in members] for table, members in MEMBERS.items()}

PAGE = "pageInfo { hasNextPage endCursor } edges { node"
RECORDS = f"{PAGE} {{ source externalId }} }}"
LINES = (
    f"{PAGE} {{ number sku name quantity unitPrice {{ amount }} amount {{ amount }} discount {{ amount }} tax {{ amount }} }} }}"
)
OPERATIONS: Mapping[str, str] = {
    CUSTOMERS: f"""
query DataExport($ids: [ID!]!) {{
  rows: customersById(ids: $ids) {{
    id kind version name kana nameParts {{ family given }} formerNames birthDate gender language address phone email
    metrics {{ orderCount spend {{ amount currency }} lastSeen favouriteChannel favouriteStore {{ code }} }}
    sourceRecords(first: 100) {{ {RECORDS} }}
  }}
}}
""",
    ORDERS: f"""
query DataExport($ids: [ID!]!) {{
  rows: touchpointsById(ids: $ids) {{
    id occurredAt channel source store {{ code }} customer {{ id }}
    ... on Order {{
      number status pointsUsed couponCodes total {{ amount currency }} discount {{ amount }} shipping {{ amount }}
      fee {{ amount }} tax {{ amount }} refunded {{ amount }} lines(first: 100) {{ {LINES} }}
    }}
  }}
}}
""",
    TOUCHPOINTS: """
query DataExport($ids: [ID!]!) {
  rows: touchpointsById(ids: $ids) {
    id kind occurredAt endedAt channel direction source staff subject topic text language store { code } customer { id }
    products { sku }
  }
}
""",
}
FURTHER: Mapping[str, tuple[str, str]] = {
    CUSTOMERS: (
        "sourceRecords",
        f"""
query DataExport($ids: [ID!]!, $after: String) {{
  rows: customersById(ids: $ids) {{ id sourceRecords(first: 100, after: $after) {{ {RECORDS} }} }}
}}
""",
    ),
    ORDERS: (
        "lines",
        f"""
query DataExport($ids: [ID!]!, $after: String) {{
  rows: touchpointsById(ids: $ids) {{ id ... on Order {{ lines(first: 100, after: $after) {{ {LINES} }} }} }}
}}
""",
    ),
}
"""Table -> the page that one of its rows has, and what reads more of it where it is longer."""
