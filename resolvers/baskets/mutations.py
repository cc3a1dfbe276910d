"""The mutations by which doors change a basket, hand it over, and say what somebody looked at."""

from __future__ import annotations

import strawberry

from graph.baskets import seen
from graph.baskets.changing import Line, change_basket, hand_over
from graph.baskets.lines import MOST_LINES, MOST_PIECES
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.baskets.basket import BASKETS, Basket
from resolvers.baskets.handover import HANDOVERS, BasketHandover
from resolvers.baskets.inputs import OfCustomerInput, door, whose, whose_it_is
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.people.customer import Customer
from resolvers.values.references import CUSTOMERS, REQUESTED

VERSION_LENGTH = 64


@strawberry.input(description="Product in a basket, and how many of it there are to be; exactly one of `quantity` and `add`.")
class BasketLineInput:
    product_id: strawberry.ID = strawberry.field(description="Global id of the product.")
    quantity: int | None = strawberry.field(
        default=None, description=f"Number of pieces that there are to be, 0 to {MOST_PIECES}; needs `version`."
    )
    add: int | None = strawberry.field(default=None, description="Number of pieces that are added to those that are there.")


@strawberry.input(description="Lines of a basket as they are to be; all other lines stay.")
class BasketChangeInput(OfCustomerInput):
    lines: list[BasketLineInput] = strawberry.field(description=f"Lines, 1 to {MOST_LINES}, each product once.")
    version: str | None = strawberry.field(
        default=None,
        description="`Basket.version` as you read it: if it is another by now, nothing is done and the error is "
        "`BASKET_CHANGED`. Without it, pieces are added to whatever is there.",
    )


@strawberry.input(description="Basket that is handed over to a shop system, as you read it.")
class BasketHandOverInput(OfCustomerInput):
    version: str = strawberry.field(
        description="`Basket.version` as you read it: if it is another by now, nothing is done and the error is `BASKET_CHANGED`."
    )


@strawberry.type
class OfBasket(CommandPayload):
    basket: Basket | None = referred(
        "basket", BASKETS, Tag.ACTIVITY, "The basket as it is now, also after `BASKET_CHANGED`; null if refused otherwise."
    )


@planned("What `basketChange` did: the basket.")
class BasketChangePayload(OfBasket):
    pass


@planned("What `basketHandOver` did: what was handed over, and the basket, which stays until an order names that.")
class BasketHandOverPayload(OfBasket):
    handover: BasketHandover | None = referred(
        "handover", HANDOVERS, Tag.ACTIVITY, "What was handed over; null when it was refused."
    )


@strawberry.input(description="Products that a customer looked at, for example in an app or at a counter.")
class ProductsMarkSeenInput(OfCustomerInput):
    product_ids: list[strawberry.ID] = strawberry.field(description=f"Global ids of the products, 1 to {seen.MOST_AT_ONCE}.")


@planned("What `productsMarkSeen` did: the customer, whose `seenProducts` have these first.")
class ProductsMarkSeenPayload(CommandPayload):
    customer: Customer | None = referred(
        "customer", CUSTOMERS, Tag.PUBLIC, "The customer; null when it was refused.", names={"requested": REQUESTED}
    )


def changing(author: Author, given: InputValue) -> Command:
    version = given["version"].text("refusal.TEXT_LENGTH", most=VERSION_LENGTH) if given["version"].given else None
    return change_basket(author, whose_it_is(given), _lines(given["lines"], version), version, door(given))


def _lines(given: InputValue, version: str | None) -> list[Line]:
    each = given.each()
    products = [line["productId"].raw_id("Product") for line in each]
    if not 1 <= len(each) <= MOST_LINES:
        raise InvalidInput(Sentence("refusal.BASKET_LINES", most=MOST_LINES), given.pointer)
    found: list[Line] = []
    for product, line in zip(products, each, strict=True):
        quantity, added = line["quantity"], line["add"]
        if quantity.given == added.given or products.count(product) > 1:
            raise InvalidInput(Sentence("refusal.BASKET_LINE"), line.pointer)
        if quantity.given and version is None:
            raise InvalidInput(Sentence("refusal.BASKET_VERSION"), "/version")
        if added.given and not 1 <= added.value <= MOST_PIECES:
            raise InvalidInput(Sentence("refusal.NUMBER", least=1, most=MOST_PIECES), added.pointer)
        found.append(Line(product, added.value if added.given else quantity.value, added.given))
    return found


def handing_over(author: Author, given: InputValue) -> Command:
    version = given["version"].text("refusal.TEXT_LENGTH", most=VERSION_LENGTH)
    return hand_over(author, whose_it_is(given), version, door(given))


def marking_seen(author: Author, given: InputValue) -> Command:
    products = [each.raw_id("Product") for each in given["productIds"].each()]
    return seen.mark_seen(author, whose_it_is(given), products, door(given))


def answered(_: InputValue, answer: Answer) -> Object:
    return dict(answer)


MUTATIONS = (
    Mutation(
        "basketChange",
        BasketChangeInput,
        BasketChangePayload,
        "Change lines of a customer's basket, at any door.",
        changing,
        answered,
        whose=whose,
    ),
    Mutation(
        "basketHandOver",
        BasketHandOverInput,
        BasketHandOverPayload,
        "Hand a customer's basket over to a shop system, for its checkout.",
        handing_over,
        answered,
        whose=whose,
    ),
    Mutation(
        "productsMarkSeen",
        ProductsMarkSeenInput,
        ProductsMarkSeenPayload,
        "Note that a customer looked at products.",
        marking_seen,
        answered,
        whose=whose,
    ),
)
