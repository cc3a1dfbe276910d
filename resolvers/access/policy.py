"""The policy: who sees what. Rows are field tags, columns are roles, beside it which things of each type a role reads.

Nothing is allowed that does not stand here: a tag, a role or a type that is not named is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from graph.touchpoints import TOUCHPOINTS
from resolvers.access.roles import OPERATORS, STEWARDS, Role
from resolvers.access.tags import Derived, FieldTag, Tag


class Access(IntEnum):
    """How a field is seen; of several roles the widest counts, of several tags the narrowest."""

    NONE = 0
    MASKED = 1
    CLEAR = 2


class Rows(Enum):
    """Which things of a type a role reads."""

    ALL = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """`fields` are by role and tag, `rows` by type and role; `parts` are types that are read with what has them."""

    fields: Mapping[str, Mapping[Tag, Access]]
    rows: Mapping[str, Mapping[str, Rows]]
    parts: frozenset[str]

    def access(self, roles: frozenset[str], tag: Tag) -> Access:
        nothing: Mapping[Tag, Access] = {}
        return max((self.fields.get(role, nothing).get(tag, Access.NONE) for role in roles), default=Access.NONE)

    def may_read(self, roles: frozenset[str], type_name: str) -> bool:
        return not roles.isdisjoint(self.readers(type_name))

    def readers(self, type_name: str) -> frozenset[str]:
        """Return the roles that read things of a type; of a part, the roles that read anything; of any other, none."""
        return frozenset(self.fields if type_name in self.parts else self.rows.get(type_name, ()))

    def seeing(self, tag: FieldTag) -> frozenset[str]:
        """Return the roles that see a value of this tag, masked or in the clear; of a derived one, whatever is left of it."""
        if isinstance(tag, Derived):
            return frozenset(self.fields)
        return frozenset(role for role in self.fields if self.access(frozenset({role}), tag) is not Access.NONE)


CLEAR = Access.CLEAR
# fmt: off
_TABLE: Mapping[Tag, tuple[Access, Access, Access, Access]] = {
    #               admin  call_center  store_staff  steward
    Tag.PUBLIC:    (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.NAME:      (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.CONTACT:   (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.BIRTH:     (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.ADDRESS:   (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.PROFILE:   (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.ACTIVITY:  (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.MONEY:     (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.FREE_TEXT: (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.IDENTITY:  (CLEAR, CLEAR,       CLEAR,       CLEAR),
    Tag.INTERNAL:  (CLEAR, CLEAR,       CLEAR,       CLEAR),
}
# fmt: on
COLUMNS = (Role.ADMIN, Role.CALL_CENTER, Role.STORE_STAFF, Role.STEWARD)

EVERYTHING: Mapping[str, Rows] = dict.fromkeys(COLUMNS, Rows.ALL)
ROWS: Mapping[str, Mapping[str, Rows]] = {
    "Node": EVERYTHING,
    "Customer": EVERYTHING,
    "SourceRecord": EVERYTHING,
    "Identifier": EVERYTHING,
    "Decision": EVERYTHING,
    "MatchCandidate": EVERYTHING,
    "CustomerCandidate": EVERYTHING,
    "LookUp": EVERYTHING,
    "CustomerMatch": EVERYTHING,
    "IdentityPath": EVERYTHING,
    "WhyNot": EVERYTHING,
    "Touchpoint": EVERYTHING,
    **{row.label: EVERYTHING for row in TOUCHPOINTS.values()},
    "OrderLine": EVERYTHING,
    "Store": EVERYTHING,
    "Product": EVERYTHING,
    "Activity": EVERYTHING,
    # Who may read what a mutation answers may use it.
    **{
        f"{name}Payload": dict.fromkeys(STEWARDS, Rows.ALL)
        for name in (
            "CustomerMerge", "CustomersNotSame", "CustomerUnmerge", "SourceRecordMove", "IdentifierBlock", "IdentifierFree",
            "MatchCandidateDecide",
        )
    },
    "TouchpointAssignPayload": dict.fromkeys(OPERATORS, Rows.ALL),
}  # fmt: skip
PARTS = frozenset({
    "Money", "Location",
    "NameParts", "CustomerMetrics", "ChannelCount", "MonthlySpend", "CustomerIdentifier", "CustomerConsent", "ConsentProof",
    "FieldOrigin", "Household", "HouseholdMember", "HouseholdEvidence", "AttentionItem",
    "MatchReason", "MatchSpan", "OrderCandidate",
    "MatchScore", "FieldScore", "IdentityLink", "Obstacle", "ClosestRecords",
    "Attribution", "ChatMessage", "PageView", "SurveyAnswer",
    "ProductSale", "StoreSales", "ActivityCount",
})  # fmt: skip

POLICY = Policy(
    fields={role: {tag: cells[place] for tag, cells in _TABLE.items()} for place, role in enumerate(COLUMNS)},
    rows=ROWS,
    parts=PARTS,
)
