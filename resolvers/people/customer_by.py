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
from resolvers.values.words import IdentifierKind

# (:Customer {id})-[:REDIRECTS_TO*]->(the one that is left), walked only from one that went into another
BY_ID: LiteralString = """
MATCH ({asked}:Customer {{id: ${id}}})
WITH {asked}, CASE {asked}.status WHEN 'MERGED' THEN HEAD(COLLECT {{
  MATCH ({asked})-[:REDIRECTS_TO*1..]->({left}:Customer) WHERE NOT EXISTS {{ ({left})-[:REDIRECTS_TO]->() }} RETURN {left}
}}) ELSE {asked} END AS {n}
WHERE {n} IS NOT NULL
"""
REQUESTED: LiteralString = "CASE WHEN {asked}.id <> {v}.id THEN {asked}.id END"
# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
BY_KEY: LiteralString = """
MATCH ({i}:Identifier {{key: ${key}}})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)
WHERE {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES'
WITH DISTINCT {n} LIMIT 2
"""
BY_MEMBER_NUMBER: LiteralString = """
MATCH ({i}:Identifier {{value: ${value}}})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)
WHERE {i}.kind = 'MEMBER_NUMBER' AND {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES'
WITH DISTINCT {n} LIMIT 2
"""
BY_ORDER_NUMBER: LiteralString = """
MATCH (:Order {{number: ${number}}})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)
WITH DISTINCT {n} LIMIT 2
"""


@strawberry.input(description="A user of LINE; ids of LINE differ from provider to provider.")
class LineUserInput:
    provider: str = strawberry.field(
        description="Id of the LINE provider under which the user id holds, as events name it in `scope`."
    )
    user_id: str = strawberry.field(description="The 33 characters, beginning with U, that LINE gives for this person.")


@strawberry.input(description="Something that tells who somebody is, of whichever sort: kind, scope and value.")
class IdentifierInput:
    kind: IdentifierKind = strawberry.field(description="Which sort of number, address or account the value is.")
    scope: str = strawberry.field(default="", description="Within what the value is unique; empty if everywhere.")
    value: str = strawberry.field(description="The number, address or account name, in any notation.")


def choice(description: str, tag: Tag = Tag.PUBLIC) -> Any:
    metadata = asks_by(tag, whole=True)
    return strawberry.field(default=strawberry.UNSET, description=description, metadata=metadata)


@strawberry.input(one_of=True, description="What tells which person is meant: give exactly one of these.")
class CustomerBy:
    id: strawberry.ID | None = choice("Its id; one that went into another customer answers with that one.")
    phone: str | None = choice("A telephone number, in any notation.", Tag.CONTACT)
    email: str | None = choice("Where they receive mail, in any notation; AMBIGUOUS if several people use it.", Tag.CONTACT)
    member_number: str | None = choice("What stands on their membership card, in any notation.", Tag.CONTACT)
    line_user_id: LineUserInput | None = choice("Whom LINE knows under this provider.", Tag.CONTACT)
    identifier: IdentifierInput | None = choice(
        "Something that tells who somebody is, of whichever sort: kind, scope and value.", Tag.CONTACT
    )
    order_number: str | None = choice("As printed on a receipt or in a confirmation of something they bought.", Tag.ACTIVITY)


def several() -> Ambiguous:
    return Ambiguous("Several customers answer to this. Ask `customerLookup` for all of them.")


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
        raise InvalidInput(f"What you look for {error}.") from None


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
    "One customer; null if there is none, and an error with the code AMBIGUOUS if there are several.",
    {"by": Argument(CustomerBy, "Exactly one thing that tells which is meant.")},
)
CustomerOrNull = Customer | None
