"""One customer by something that is theirs alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, LiteralString

import strawberry

from graph.errors import Ambiguous, InvalidInput
from graph.identity.normalising.identifiers import key_of, normalise
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import asks_by, read
from resolvers.engine.planner.readings import Choice, Given, One, Parameters
from resolvers.people.customer import Customer
from resolvers.values.references import REQUESTED, SURVIVING
from resolvers.values.words import IdentifierKind

BY_ID: LiteralString = (
    "MATCH ({asked}:Customer {{id: ${id}}}) WITH {asked}, " + SURVIVING + " AS {n} WHERE {n} IS NOT NULL AND {Customer:n}"
)
# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
BY_KEY: LiteralString = """
MATCH ({i}:Identifier {{key: ${key}}})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)
WHERE {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES' AND {Customer:n}
WITH DISTINCT {n} LIMIT 2
"""
BY_MEMBER_NUMBER: LiteralString = """
MATCH ({i}:Identifier {{value: ${value}}})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)
WHERE {i}.kind = 'MEMBER_NUMBER' AND {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES' AND {Customer:n}
WITH DISTINCT {n} LIMIT 2
"""
BY_ORDER_NUMBER: LiteralString = """
MATCH (:Order {{number: ${number}}})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer) WHERE {Customer:n}
WITH DISTINCT {n} LIMIT 2
"""


@strawberry.input(description="LINE user; ids differ by provider.")
class LineUserInput:
    provider: str = strawberry.field(description="Id of the LINE provider, the `scope` of the identifier in events.")
    user_id: str = strawberry.field(description="LINE user id, `U` and 32 characters.")


@strawberry.input(description="Identifier of any kind.")
class IdentifierInput:
    kind: IdentifierKind = strawberry.field(description="Kind of the identifier.")
    scope: str = strawberry.field(
        default="",
        description="Scope within which the value is unique, for example a LINE provider; empty if it is unique everywhere.",
    )
    value: str = strawberry.field(description="Value in any notation.")


def choice(description: str, tag: Tag = Tag.PUBLIC) -> Any:
    metadata = asks_by(tag, whole=True)
    return strawberry.field(default=strawberry.UNSET, description=description, metadata=metadata)


@strawberry.input(one_of=True, description="Key by which a customer is found; exactly one.")
class CustomerBy:
    id: strawberry.ID | None = choice("Global id; the id of a merged customer answers with the customer it was merged into.")
    phone: str | None = choice("Telephone number in any notation; the error AMBIGUOUS if several customers have it.", Tag.CONTACT)
    email: str | None = choice("E-mail address in any notation; the error AMBIGUOUS if several customers have it.", Tag.CONTACT)
    member_number: str | None = choice("Member number in any notation.", Tag.CONTACT)
    line_user_id: LineUserInput | None = choice("LINE user id with its provider.", Tag.CONTACT)
    identifier: IdentifierInput | None = choice("Identifier of any kind.", Tag.CONTACT)
    order_number: str | None = choice("Order number, as printed on the receipt or confirmation.", Tag.ACTIVITY)


def several() -> Ambiguous:
    return Ambiguous("Several customers have this key. Use `customerLookup` to list them.")


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Customer", given["by"]["id"])}


def by_member_number(given: Given) -> Parameters:
    return {"value": understood(lambda: normalise("MEMBER_NUMBER", given["by"]["memberNumber"]).value)}


def by_order_number(given: Given) -> Parameters:
    return {"number": given["by"]["orderNumber"].strip()}


def by_key(key: Callable[[Mapping[str, Any]], str]) -> One:
    return One(BY_KEY, bind=lambda given: {"key": understood(lambda: key(given["by"]))}, sole=several)


def understood(normalised: Callable[[], str]) -> str:
    """Return the value; raise InvalidInput, without the value, for one that cannot be normalised."""
    try:
        return normalised()
    except ValueError as error:
        raise InvalidInput(f"The value {error}.") from None


READINGS: Mapping[str, One] = {
    "id": One(BY_ID, {"requested": REQUESTED}, by_id),
    "phone": by_key(lambda by: key_of("PHONE", by["phone"])),
    "email": by_key(lambda by: key_of("EMAIL", by["email"])),
    "memberNumber": One(BY_MEMBER_NUMBER, bind=by_member_number, sole=several),
    "lineUserId": by_key(lambda by: key_of("LINE_USER_ID", by["lineUserId"]["userId"], by["lineUserId"]["provider"])),
    "identifier": by_key(lambda by: key_of(by["identifier"]["kind"], by["identifier"]["value"], by["identifier"]["scope"])),
    "orderNumber": One(BY_ORDER_NUMBER, bind=by_order_number, sole=several),
}

customer = read(
    Choice(lambda given: READINGS[next(iter(given["by"]))]),
    Tag.PUBLIC,
    "Customer by a key; null if there is none, the error AMBIGUOUS if there are several.",
    {"by": Argument(CustomerBy, "Key; exactly one member.")},
)
CustomerOrNull = Customer | None
