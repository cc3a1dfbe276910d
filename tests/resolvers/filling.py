"""Arguments for generated queries, drawn from what is in the wide town; some of them wrong, some of them variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLSchema,
    InlineFragmentNode,
    NameNode,
    TypeInfo,
    ValueNode,
    VariableNode,
    Visitor,
    ast_from_value,
)
from hypothesis import strategies as st

from tests.resolvers.reader.spelling import packed
from tests.resolvers.wide_town import WideTown

Draw = Callable[[st.SearchStrategy[Any]], Any]
ABSENT = object()
JUNK = ("", "?", "試験", "TW9uZXk6MQ", "Q3VzdG9tZXI6eA", "'}) RETURN 1 //", "\\", "{n}", "${id}", "%")
INSTANTS = ("2026-02-10T10:00:00+09:00", "2026-02-20T00:00:00Z", "2026-04-04T01:00:00.5Z", "2026-06-01T00:00:00Z")
TYPED = ("090-1234-5678", "03-1234-5678", "5678", "0001", "A-1001", "DUP-1", "M0001", "nick", "saito1@example.jp")
NAMED = ("齋藤", "渡辺", "さいとう", "watanabe", "john", "試験", "")
SORTS_OF_IDS = (
    "Customer",
    "Order",
    "Call",
    "StoreVisit",
    "Survey",
    "WebForm",
    "Store",
    "Product",
    "OrderLine",
    "SourceRecord",
    "Decision",
    "BasketHandover",
    "Case",
    "Coupon",
    "IssuedCoupon",
    "CouponRedemption",
    "CouponReservation",
    "InventoryLevel",
    "Offer",
    "StockRequest",
)
PAGES = (0, 1, 1, 2, 2, 3, 3) * 4 + (-1, 101)
WORDS = {"kinds": "TouchpointKind", "channels": "Channel"}
KEYS: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "Case": {"number": ("C-1001", "1002", "c-1003", "C-9999", "none")},
    "Coupon": {"code": ("PENS-10", "minus100", "OLD", "none")},
    "Store": {"code": ("S001", "W001", "S003", "S999", "none")},
    "Product": {"sku": ("PEN-1", "INK-1", "CASE-1", "NEW-1", "none")},
    "Order": {"number": ("A-1001", "A-1002", "A-1004", "R-0003", "DUP-1", "none")},
    "Customer": {
        "phone": ("090-1234-5678", "090-1111-2222", "03-1234-5678"),
        "email": ("mayumi@example.jp", "SAITO2@example.jp", "nobody@example.jp"),
        "memberNumber": ("M0001", "m-0001", "M9999"),
        "orderNumber": ("A-1001", "R-0003", "DUP-1", "none"),
        "lineUserId": tuple({"provider": "1654000000", "userId": user} for user in ("Uabc", "Umerge", "x")),
        "identifier": tuple({"kind": "SOCIAL_ACCOUNT", "scope": scope, "value": "nick"} for scope in ("example", "")),
    },
}
LISTS = {
    "OrderConnection": "orders|",
    "OrderLineConnection": "lines|",
    "TouchpointConnection": "timeline|",
    "CustomerConnection": "customers|",
    "AttentionItemConnection": "attention|",
    "DecisionConnection": "decisions|",
    "PointEntryConnection": "point entries|",
    "StockEntryConnection": "stock entries|",
    "StockRequestConnection": "stock requests|",
}


class Filling(Visitor):
    """Gives every field its arguments, and some fields a directive."""

    def __init__(self, schema: GraphQLSchema, types: TypeInfo, draw: Draw, town: WideTown) -> None:
        super().__init__()
        self.schema = schema
        self.info = types
        self.draw = draw
        self.town = town
        self.depth = 0
        self.types: dict[str, str] = {}
        self.variables: dict[str, Any] = {}

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode:
        self.depth += 1
        definition = self.info.get_field_def()
        assert definition is not None
        returned = str(definition.type).strip("[]!")
        drawn = {name: self.value(name, returned, node) for name in definition.args}
        arguments = [
            ArgumentNode(name=NameNode(value=name), value=self.as_node(value, definition.args[name].type))
            for name, value in drawn.items()
            if value is not ABSENT
        ]
        directives = [self.directive()] if self.rarely() else []
        return FieldNode(
            name=node.name,
            alias=node.alias,
            selection_set=node.selection_set,
            arguments=tuple(arguments),
            directives=tuple(directives),
        )

    def leave_field(self, *_: Any) -> None:
        self.depth -= 1

    def directive(self) -> DirectiveNode:
        name, value = self.one_of("include", "skip"), self.one_of(True, False)
        condition = self.variable(value, "Boolean!") if self.one_of(True, False) else BooleanValueNode(value=value)
        return DirectiveNode(name=NameNode(value=name), arguments=(ArgumentNode(name=NameNode(value="if"), value=condition),))

    def as_node(self, value: Any, type_: Any) -> ValueNode | None:
        return ast_from_value(value, type_) if self.draw(st.integers(0, 3)) else self.variable(value, str(type_))

    def variable(self, value: Any, type_name: str) -> VariableNode:
        name = f"v{len(self.types)}"
        self.types[name] = type_name
        self.variables[name] = value
        return VariableNode(name=NameNode(value=name))

    def value(self, name: str, returned: str, node: FieldNode) -> Any:
        """Return a value for an argument of a field that returns this type; ABSENT to leave it out."""
        ways: dict[str, Callable[[], Any]] = {
            "first": lambda: self.one_of(*PAGES, *([ABSENT, None] if self.depth == 1 else [])),
            "after": lambda: self.after(returned),
            "filter": lambda: self.one_of(
                ABSENT, None, *[self.of_cases() if returned == "CaseConnection" else self.filter()] * 2
            ),
            "listed": lambda: self.one_of(ABSENT, None, "OPEN", "DONE"),
            "team": lambda: self.one_of(ABSENT, None, "product"),
            "by": lambda: self.by(returned),
            "id": lambda: self.id(*([returned] if returned == "LoyaltyAccount" else self.asked_of(node))),
            "input": lambda: {"query": self.one_of(*TYPED, *NAMED), "first": self.one_of(0, 1, 2, 3)},
            "search": lambda: self.one_of(ABSENT, None, *TYPED, *NAMED),
            "to": lambda: self.one_of(*INSTANTS) if returned != "IdentityPath" else self.id("Customer", "SourceRecord"),
            "a": lambda: self.id("Customer", "SourceRecord"),
            "b": lambda: self.id("Customer", "SourceRecord"),
            "number": lambda: self.one_of(*KEYS["Order"]["number"]),
            "language": lambda: self.one_of(ABSENT, None, "ja", "en") if returned == "Route" else self.one_of(ABSENT, "JA", "EN"),
            "topic": lambda: self.one_of(ABSENT, None, "PEN", "DELIVERY"),
            "asOf": lambda: self.one_of(ABSENT, None, *INSTANTS),
            "days": lambda: self.one_of(ABSENT, 1, 30, 3660),
            "from": lambda: (
                self.one_of(ABSENT, None, *INSTANTS) if returned != "IdentityPath" else self.id("Customer", "SourceRecord")
            ),
            "channel": lambda: self.one_of("EMAIL", "SMS", "PHONE", "POSTAL", "LINE"),
            "purpose": lambda: self.one_of("MARKETING", "SERVICE", "SURVEY", "THIRD_PARTY"),
            "channels": lambda: self.one_of(ABSENT, None, ["EMAIL", "PHONE", "EMAIL"]),
            "purposes": lambda: self.one_of(ABSENT, None, ["MARKETING", "PERSONALIZATION"]),
            "storeId": lambda: self.one_of(ABSENT, None, self.id("Store")),
            "productId": lambda: self.id("Product"),
            "near": lambda: self.one_of(ABSENT, ABSENT, None, {"latitude": 35.0, "longitude": 139.5}),
            "quantity": lambda: self.one_of(ABSENT, 1, 1, 3, 100, 0),
            "timeZone": lambda: self.one_of(ABSENT, "UTC", "America/New_York"),
        }
        return ways[name]()

    def one_of(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def rarely(self) -> bool:
        return self.draw(st.integers(0, 24)) == 24

    def id(self, *sorts: str) -> str:
        return self.one_of(*JUNK) if self.rarely() else self.one_of(*self.town.ids[self.one_of(*(sorts or SORTS_OF_IDS))])

    def asked_of(self, node: FieldNode) -> list[str]:
        """Return the types that the fragments under a field are on, as far as the town has any such thing."""
        under = node.selection_set.selections if node.selection_set else ()
        on = [each.type_condition.name.value for each in under if isinstance(each, InlineFragmentNode) and each.type_condition]
        return [name for name in on if name in self.town.ids]

    def after(self, returned: str) -> Any:
        if self.rarely():
            return self.one_of(*JUNK, *self.town.cursors)
        beginning = packed(LISTS[returned])[:6] if returned in LISTS else "-"
        return self.one_of(ABSENT, ABSENT, None, *(text for text in self.town.cursors if text.startswith(beginning)))

    def filter(self) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for name in self.draw(st.lists(st.sampled_from(["kinds", "channels", "from", "to"]), unique=True, max_size=2)):
            enum = self.schema.type_map.get(WORDS.get(name, ""))
            listed = isinstance(enum, GraphQLEnumType)
            some = st.lists(st.sampled_from(sorted(enum.values)), max_size=6) if listed else st.sampled_from(INSTANTS)
            chosen[name] = self.draw(st.none() | some)
        return chosen

    def of_cases(self) -> dict[str, Any]:
        words = {"listed": ("OPEN", "DONE"), "state": ("OPEN", "RESOLVED"), "priority": ("HIGH", "NORMAL")}
        flags = dict.fromkeys(("mine", "unassigned", "unanswered", "overdue", "bounced", "escalated", "snoozed"), (True, False))
        texts = {"assignee": ("op-1",), "team": ("product",), "topic": ("PEN",), "tag": ("VIP",), "escalatedTo": ("product",)}
        ways: dict[str, tuple[Any, ...]] = {**words, **flags, **texts}
        ways["customerId"] = (self.id("Customer"),)
        names = self.draw(st.lists(st.sampled_from(sorted(ways)), unique=True, max_size=2))
        return {name: self.one_of(*ways[name]) for name in names}

    def by(self, returned: str) -> dict[str, Any]:
        if self.one_of(True, False):
            return {"id": self.id(returned)}
        way = self.one_of(*KEYS[returned])
        return {way: self.one_of(*KEYS[returned][way])}
