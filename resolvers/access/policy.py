"""The policy: who sees what. Rows are field tags, columns are roles, beside it which things of each type a role reads.

Nothing is allowed that does not stand here: a tag, a role or a type that is not named is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from graph.touchpoints import TOUCHPOINTS
from resolvers.access.parts import PARTS
from resolvers.access.roles import ADMINS, COUNTING, ENQUIRING, OPERATORS, STEWARDS, Role, Scope
from resolvers.access.rows import BY_NAME, Rows
from resolvers.access.tags import Derived, FieldTag, Tag


class Access(IntEnum):
    """How a field is seen; of several roles the widest counts, of several tags the narrowest."""

    NONE = 0
    MASKED = 1
    CLEAR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """`fields` are by role and tag, `rows` by type and role; `parts` are types that are read with what has them."""

    fields: Mapping[str, Mapping[Tag, Access]]
    rows: Mapping[str, Mapping[str, Rows]]
    parts: frozenset[str]

    def access(self, roles: frozenset[str], tag: Tag) -> Access:
        """Return how a tag is seen: as the widest of the roles sees it, of those that read as many customers as any of them."""
        nothing: Mapping[Tag, Access] = {}
        customers = self.rows.get("Customer", {})
        roles = frozenset(role for role in roles if customers.get(role) is Rows.ALL) or roles
        return max((self.fields.get(role, nothing).get(tag, Access.NONE) for role in roles), default=Access.NONE)

    def may_read(self, roles: frozenset[str], type_name: str) -> bool:
        return not roles.isdisjoint(self.readers(type_name))

    def readers(self, type_name: str) -> frozenset[str]:
        """Return the roles that read things of a type; of a part, the roles that read anything; of any other, none."""
        return frozenset(self.fields if type_name in self.parts else self.rows.get(type_name, ()))

    def rows_of(self, roles: frozenset[str], type_name: str) -> frozenset[Rows]:
        """Return which things of a type these roles read; of a part, all of what has it."""
        if type_name in self.parts:
            return frozenset({Rows.ALL})
        by_role = self.rows.get(type_name, {})
        return frozenset(by_role[role] for role in roles if role in by_role)

    def asks_who(self, roles: frozenset[str]) -> bool:
        """Return whether two people of these roles can read different things of some type, by who they are."""
        return any(not BY_NAME.isdisjoint(self.rows_of(roles, type_name)) for type_name in self.rows)

    def seeing(self, tag: FieldTag) -> frozenset[str]:
        """Return the roles that see a value of this tag, masked or in the clear; of a derived one, whatever is left of it."""
        if isinstance(tag, Derived):
            return frozenset(self.fields)
        return frozenset(role for role in self.fields if self.access(frozenset({role}), tag) is not Access.NONE)


COLUMNS: tuple[Role | Scope, ...] = (*Role, Scope.ASSIST, Scope.COMMERCE)
CELLS = {"C": Access.CLEAR, "m": Access.MASKED, "-": Access.NONE}
# In the order of COLUMNS: within the company, then customers and clients, then programs.
_TABLE: Mapping[Tag, str] = {
    #               admin steward call_center store_staff franchise analyst marketing expert account customer client assist sell
    Tag.PUBLIC:    " C     C       C           C           C         C       C         C      C       C        C      C      C",
    Tag.NAME:      " C     C       C           C           C         -       -         C      -       C        -      m      m",
    Tag.CONTACT:   " C     C       C           m           m         -       -         -      -       C        -      m      m",
    Tag.BIRTH:     " C     C       C           -           -         -       -         -      -       C        -      -      -",
    Tag.ADDRESS:   " C     C       C           m           -         m       -         -      -       C        -      -      -",
    Tag.PROFILE:   " C     C       C           C           C         C       -         -      -       C        -      C      -",
    Tag.ACTIVITY:  " C     C       C           C           C         C       -         C      -       C        -      C      C",
    Tag.CONSENT:   " C     C       C           C           C         C       C         C      -       C        -      C      -",
    Tag.MONEY:     " C     C       C           C           -         C       C         -      -       C        -      -      C",
    Tag.CASE:      " C     C       C           C           C         -       -         C      -       C        -      C      -",
    Tag.CODE:      " C     C       C           -           -         -       -         -      -       C        -      -      C",
    Tag.FREE_TEXT: " C     C       C           C           -         -       -         C      -       -        -      -      -",
    Tag.IDENTITY:  " C     C       C           -           -         -       -         -      -       -        -      -      -",
    Tag.INTERNAL:  " C     C       C           C           C         -       -         C      -       -        -      -      -",
    Tag.PRESENCE:  " C     C       C           C           C         -       -         C      -       -        -      -      -",
}  # fmt: skip


def everything(roles: Iterable[Role | Scope]) -> Mapping[str, Rows]:
    return dict.fromkeys(roles, Rows.ALL)


ANYBODY = everything(COLUMNS)
# The people, what they did, and what leads to them.
PEOPLE: Mapping[str, Rows] = {
    **everything({*OPERATORS, Role.ANALYST, Scope.ASSIST}),
    Role.STORE_STAFF: Rows.STORES,
    Role.FRANCHISE_STAFF: Rows.STORES,
    Role.CUSTOMER: Rows.SELF,
}
# Besides, who is asked about a case of theirs: whom it is about, and what happened with them.
KNOWN: Mapping[str, Rows] = {**PEOPLE, Role.EXPERT: Rows.ESCALATED}
# What a till, a web shop or an app that sells knows of them besides.
BUYING: Mapping[str, Rows] = {**PEOPLE, Scope.COMMERCE: Rows.ALL}
# What they have to spend, for those of them who see amounts.
SPENDING: Mapping[str, Rows] = {role: rows for role, rows in BUYING.items() if role not in (Role.FRANCHISE_STAFF, Scope.ASSIST)}
# Who works on it.
WORKING: Mapping[str, Rows] = {**everything(OPERATORS), Role.STORE_STAFF: Rows.STORES, Role.FRANCHISE_STAFF: Rows.STORES}
# Who sells, takes back and hands over: in stores, what is theirs.
SELLING: Mapping[str, Rows] = {**WORKING, Scope.COMMERCE: Rows.ALL}
# Who sells and sees amounts.
WITH_AMOUNTS: Mapping[str, Rows] = {
    **everything({Role.ADMIN, Role.CALL_CENTER, Scope.COMMERCE}),
    Role.STORE_STAFF: Rows.STORES,
}
EVIDENCE = everything(OPERATORS)
FOUND = everything({*ENQUIRING, Scope.ASSIST})
ROWS: Mapping[str, Mapping[str, Rows]] = {
    "Node": ANYBODY,
    "Customer": {**KNOWN, **BUYING},
    "Identifier": BUYING,
    "Touchpoint": KNOWN,
    **{row.label: KNOWN for row in TOUCHPOINTS.values()},
    "Order": {**KNOWN, **BUYING},
    "OrderLine": {**KNOWN, **BUYING},
    "LoyaltyAccount": SPENDING,
    "PointEntry": SPENDING,
    "Return": {**KNOWN, **BUYING},
    "Fulfillment": BUYING,
    **{f"{name}Payload": SELLING for name in ("OrderReturn", "PickupRequest", "PickupAllocate", "PickupReady", "PickupHandOver",
                                              "PickupCancel")},
    "Thread": KNOWN,
    "SourceRecord": EVIDENCE,
    "Decision": EVIDENCE,
    "MatchCandidate": EVIDENCE,
    "CustomerMatchCandidate": EVIDENCE,
    "MatchQueueEntry": everything(STEWARDS),
    "IdentityPath": EVIDENCE,
    "WhyNot": EVIDENCE,
    "LookUp": {**FOUND, Scope.COMMERCE: Rows.ALL},
    "CustomerSearchResult": FOUND,
    # Who has looked: told to those who check it, and to the customer.
    "AccessEntry": {**everything(STEWARDS), Role.CUSTOMER: Rows.ALL},
    "Case": KNOWN,
    "CaseEvent": KNOWN,
    "Promise": KNOWN,
    "CasePresence": everything(ENQUIRING | {Role.EXPERT}),
    # What is given out; a customer reads of what they were given.
    "Coupon": {**everything({*COUNTING, Scope.COMMERCE}), Role.CUSTOMER: Rows.SELF},
    "IssuedCoupon": BUYING,
    "CouponRedemption": BUYING,
    "CouponReservation": BUYING,
    # A basket that the asker has before them; a customer names none but themselves.
    "CouponQuote": {**SELLING, Role.CUSTOMER: Rows.SELF},
    "CouponPutPayload": everything(STEWARDS | {Role.MARKETING}),
    **{
        f"Coupon{name}Payload": SELLING
        for name in ("Issue", "Reserve", "Release", "Redeem", "Reverse")
    },
    "CouponMarkShownPayload": {**SELLING, Role.CUSTOMER: Rows.SELF},
    # What they mean to buy, and what they were offered; a customer changes and answers their own.
    "BasketHandover": BUYING,
    "Offer": BUYING,
    **{
        f"{name}Payload": {**SELLING, Role.CUSTOMER: Rows.SELF}
        for name in ("BasketChange", "BasketHandOver", "ProductsMarkSeen", "OfferAnswer")
    },
    "OfferMakePayload": SELLING,
    "CaseCounts": everything({*ENQUIRING, Role.ANALYST}),
    "Team": everything(ENQUIRING | {Role.EXPERT}),
    # By when cases are due, and who is there.
    "CaseTables": everything(ENQUIRING | {Role.EXPERT}),
    "TeamPutPayload": everything(ADMINS),
    # Also for telephone menus and bots.
    "Route": FOUND,
    # Their own.
    "Availability": everything(ENQUIRING),
    "AvailabilitySetPayload": everything(ENQUIRING),
    **{
        f"{name}Payload": WORKING
        for name in (
            "CaseOpen", "CaseAssign", "CaseSetState", "CaseUpdate", "CaseTag", "CaseUntag", "CaseSnooze", "CaseNote",
            "CaseDecline", "CaseEscalate", "CaseReply", "CaseReplyUndo",
            "CaseThanksUndo", "CaseTie", "CaseUntie", "PromiseMake", "PromiseKeep", "PromiseWithdraw",
        )
    },
    # Besides whoever is asked.
    "CaseAnswerPayload": {**WORKING, Role.EXPERT: Rows.ESCALATED},
    "InventoryLevel": ANYBODY,
    "Reservation": everything({*ENQUIRING, Scope.COMMERCE}),
    "StockRequest": everything({*ENQUIRING, Role.ANALYST, Scope.COMMERCE}),
    **{
        f"Stock{name}Payload": SELLING
        for name in ("Reserve", "Renew", "Release", "Count", "Move", "RequestRecord", "RequestEnd")
    },
    "Job": {Role.ADMIN: Rows.ALL, Role.STEWARD: Rows.APPROVING, Role.ANALYST: Rows.ASKED, Role.CUSTOMER: Rows.ASKED},
    # Events: who gets them is told of those things only that they read.
    "CustomerChanged": dict.fromkeys(KNOWN, Rows.ALL),
    "TouchpointAdded": dict.fromkeys(KNOWN, Rows.ALL),
    "ScreenPop": dict.fromkeys(PEOPLE, Rows.ALL),
    "CaseChanged": dict.fromkeys(KNOWN, Rows.ALL),
    "StockChanged": ANYBODY,
    "Change": everything(STEWARDS),
    # Whoever runs the apps.
    "WebhookEndpoint": everything(ADMINS),
    "WebhookDelivery": everything(ADMINS),
    "Store": ANYBODY,
    "Product": ANYBODY,
    "Activity": everything(COUNTING),
    # Whether they may be contacted, and not who they are.
    "CampaignPermission": everything({*OPERATORS, Role.ANALYST, Role.MARKETING}),
    # Who may read what a mutation answers may use it.
    **{
        f"{name}Payload": everything(STEWARDS)
        for name in (
            "CustomerMerge", "CustomersNotSame", "CustomerUnmerge", "SourceRecordMove", "IdentifierBlock", "IdentifierFree",
            "MatchCandidateDecide", "MatchCandidateDefer",
        )
    },
    # Who sells spends points of a customer and gives them back; other points are for staff with a reason.
    "PointsRedeemPayload": WITH_AMOUNTS,
    "PointsReversePayload": WITH_AMOUNTS,
    "PointsAdjustPayload": everything({Role.ADMIN, Role.CALL_CENTER}),
    "PointsTransferPayload": everything({Role.ADMIN, Role.CALL_CENTER}),
    "TouchpointAssignPayload": everything(OPERATORS),
    "ThreadTiePayload": everything(OPERATORS),
    "ThreadUntiePayload": everything(OPERATORS),
    # For whom they may record it.
    "ConsentRecordPayload": {**everything(OPERATORS), Role.STORE_STAFF: Rows.STORES, Role.CUSTOMER: Rows.SELF},
    # A customer exports themselves.
    "CustomerExportCreatePayload": everything({*STEWARDS, Role.CUSTOMER}),
    # What is in it is read as whoever asks.
    "ExportCreatePayload": everything({*STEWARDS, Role.ANALYST}),
    "CustomerErasureRequestPayload": everything(STEWARDS),
    "JobApprovePayload": everything(STEWARDS),
    **{
        f"Webhook{name}Payload": everything(ADMINS)
        for name in ("EndpointCreate", "EndpointUpdate", "EndpointDelete", "EndpointRotateSecret", "Test", "Replay")
    },
}  # fmt: skip
POLICY = Policy(
    fields={role: {tag: CELLS[cells.split()[place]] for tag, cells in _TABLE.items()} for place, role in enumerate(COLUMNS)},
    rows=ROWS,
    parts=PARTS,
)
