"""Several customers, touchpoints or cases by their ids: what a follower of changes reads of many events at once."""

from __future__ import annotations

import strawberry

from graph.errors import InvalidInput
from graph.touchpoints import TOUCHPOINTS
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Given, Many, Parameters
from resolvers.values import references

MOST = 100
KINDS = frozenset(row.label for row in TOUCHPOINTS.values()) | {"Touchpoint"}
"""Types that the id of a touchpoint may name: its own, or that of all, as the `refs` of changes do."""


def bound(given: Given) -> list[str]:
    asked = list(dict.fromkeys(given["ids"]))
    if len(asked) > MOST:
        raise InvalidInput(f"Ask for at most {MOST} ids at once.")
    return asked


def of_customers(given: Given) -> Parameters:
    return {"ids": [ids.decode_as("Customer", each) for each in bound(given)]}


def of_cases(given: Given) -> Parameters:
    return {"ids": [ids.decode_as("Case", each) for each in bound(given)]}


def of_touchpoints(given: Given) -> Parameters:
    asked = [ids.decode(each) for each in bound(given)]
    if any(each.type_name not in KINDS for each in asked):
        raise InvalidInput("Each id must be that of a touchpoint, for example of an order or a call.")
    return {"ids": [each.raw for each in asked]}


customers_by_id = read(
    Many(references.CUSTOMERS, names={"requested": references.REQUESTED}, bind=of_customers),
    Tag.PUBLIC,
    "Customers by their ids, in the order of the ids, without those that there are not or that you may not read.",
    {"ids": Argument(list[strawberry.ID], f"Global ids of customers, at most {MOST}.")},
)
touchpoints_by_id = read(
    Many(references.TOUCHPOINTS, bind=of_touchpoints),
    Tag.PUBLIC,
    "Touchpoints by their ids, orders included, in the order of the ids, without those that there are not or that you may "
    "not read.",
    {"ids": Argument(list[strawberry.ID], f"Global ids of touchpoints, at most {MOST}.")},
)
cases_by_id = read(
    Many(references.CASES, bind=of_cases),
    Tag.PUBLIC,
    "Cases by their ids, in the order of the ids, without those that there are not or that you may not read.",
    {"ids": Argument(list[strawberry.ID], f"Global ids of cases, at most {MOST}.")},
)
