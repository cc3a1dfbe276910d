"""Stores, warehouses and web shops."""

from __future__ import annotations

import strawberry

from graph.keys import store_id
from resolvers import ids
from resolvers.connections import Connection
from resolvers.node import Node
from resolvers.planner import Argument, page, part, planned, prop
from resolvers.planner.fields import read
from resolvers.planner.readings import Choice, Given, One, Parameters
from resolvers.roles import STAFF
from resolvers.words import StoreKind


@planned("A point on the earth, WGS 84.", readers=STAFF)
class Location:
    latitude: float = prop("{v}.location.latitude", "Degrees north.")
    longitude: float = prop("{v}.location.longitude", "Degrees east.")


@planned("A place that sells or keeps goods.", readers=STAFF)
class Store(Node):
    code: str = prop("{v}.code", "Company-wide code.")
    name: str | None = prop("{v}.name", "Name; null until it has been told.")
    kana: str | None = prop("{v}.kana", "Reading of the name.")
    kind: StoreKind | None = prop("{v}.kind", "What sort of place it is.")
    address: str | None = prop("{v}.address", "Address in one line.")
    location: Location | None = part("Where it is.", presence="{v}.location")
    phone: str | None = prop("{v}.phone", "Telephone number of the place.")
    hours: str | None = prop("{v}.hours", "Opening hours, as written.")
    time_zone: str | None = prop("{v}.time_zone", "IANA name of its time zone.")


@strawberry.input(one_of=True, description="Which store: exactly one of these.")
class StoreBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its id.")
    code: str | None = strawberry.field(default=strawberry.UNSET, description="Its company-wide code.")


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Store", given["by"]["id"])}


def by_code(given: Given) -> Parameters:
    return {"id": store_id(given["by"]["code"])}


CLAUSE = "MATCH ({n}:Store {{id: ${id}}})"
BY_ID = One(CLAUSE, bind=by_id)
BY_CODE = One(CLAUSE, bind=by_code)

store = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_CODE),
    "One store; null if there is none.",
    {"by": Argument(StoreBy, "Which one.")},
)
stores = page(
    "stores",
    "MATCH ({n}:Store) WHERE {n}.id > ${after} WITH {n} ORDER BY {n}.id LIMIT ${limit}",
    "All stores.",
    key="{v}.id",
    count="COUNT {{ MATCH (:Store) }}",
)
StoreConnection = Connection[Store]
