"""The GraphQL operations of the customer page."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import INSTANT

TOUCHPOINT = """
fragment TouchpointRow on Touchpoint {
  id kind occurredAt channel summary(language: $language) subject text staff topic
  store { id name code }
  products { id sku name }
  orders { id number }
  cases { id number state }
  identifiersUsed { id kind value sharing }
  thread { id parts(first: 0) { totalCount } }
  ... on StoreVisit { advice }
}
"""

TOUCHPOINT_DETAIL = """
query TouchpointDetail($id: ID!, $language: Language!) {
  node(id: $id) {
    __typename
    ... on Touchpoint {
      id kind occurredAt endedAt channel direction source summary(language: $language) subject text language staff topic reference
      customer { id }
      store { id name code }
      products { id sku name }
      orders { id number }
      cases { id number state }
      identifiersUsed { id kind value sharing customerCount }
    }
    ... on Order {
      number status total { amount currency }
      lines(first: 20) { edges { node { sku name product { name } quantity amount { amount currency } } } }
    }
  }
}
"""

MEMBERS = {"MESSAGES": " { sentAt from text }", "PAGES": " { viewedAt url sku }", "ANSWERS": " { question answer }"}
"""What is asked of the entries of lists, by type of field."""


def own_fields(type_name: str, fields: list[dict[str, Any]]) -> str:
    """Return the operation that reads what a kind has of its own, from what the schema says that this is."""
    asked = " ".join(field["name"] + MEMBERS.get(field["type"], "") for field in fields)
    return f"query OwnFields($id: ID!) {{ node(id: $id) {{ ... on {type_name} {{ {asked} }} }} }}"


TIMELINE_PART = (
    """
fragment TimelinePart on Customer {
  timeline(filter: $filter, first: 20, after: $after) {
    edges { node { ...TouchpointRow } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + TOUCHPOINT
)

ORDERS_PART = """
fragment OrdersPart on Customer {
  orders(first: 5, after: $ordersAfter) {
    edges {
      node {
        id number occurredAt status channel
        total { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency }
        pointsUsed couponCodes
        store { id name code }
        lines(first: 20) {
          edges { node { id number sku name product { name } quantity unitPrice { amount currency } amount { amount currency } } }
          pageInfo { hasNextPage }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

ATTENTION_PART = """
fragment AttentionPart on Customer {
  attention(asOf: $now, first: 4, after: $waitingAfter) {
    totalCount
    edges { node { reason touchpoint { id kind occurredAt channel summary(language: $language) products { sku name } } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

WHO_PART = """
fragment WhoPart on Customer {
  id requestedId status version name kana romaji birthDate gender language address phone email maskedFields
  formerNames
  fieldOrigins { field reportedAt sentence(language: $language) record { id source externalId } }
  metrics {
    orderCount spend { amount currency } lastSeen favouriteChannel
    favouriteStore { id name code }
    channelMix { channel touchpoints }
    spendByMonth(from: $since, timeZone: $timeZone) { month orders spend { amount currency } }
    usualSize
    preferences {
      orders since until usualGapDays averageOrder { amount currency }
      favouriteCategories { category orders }
      priceBand { low { amount currency } high { amount currency } }
    }
  }
  identifiers(first: 50) {
    edges {
      node {
        verified firstSeen lastSeen validTo
        identifier { id kind scope value sharing state undeliverableSince customerCount }
      }
    }
    pageInfo { hasNextPage }
  }
  sourceRecords(first: 20) { edges { node { id source externalId firstSeen } } pageInfo { hasNextPage } }
  consents(asOf: $now) {
    purpose state rule saidAt validTo source sentence(language: $language) contactPoint { id kind value }
    record { source externalId } proof { how text document staff }
  }
}
"""

CUSTOMER = (
    """
query CustomerPage(
  $id: ID!, $language: Language!, $now: DateTime!, $since: DateTime, $timeZone: String!
  $filter: TimelineFilter, $after: String, $ordersAfter: String, $waitingAfter: String
) {
  customer(by: {id: $id}) { ...WhoPart ...AttentionPart ...OrdersPart ...TimelinePart }
}
"""
    + WHO_PART
    + ATTENTION_PART
    + ORDERS_PART
    + TIMELINE_PART
)

HERE = """
query CustomerHere($id: ID!) { customer(by: {id: $id}) { id requestedId } }
"""
"""Whether an open page still shows the customer that it is about."""

PERMISSIONS = """
query CustomerPermissions($id: ID!, $language: Language!, $now: DateTime!) {
  customer(by: {id: $id}) {
    contactPermissions(asOf: $now) { channel purpose allowed reason sentence(language: $language) contactPoints { kind value } }
  }
}
"""

IDENTITY = """
query CustomerIdentity($id: ID!, $language: Language!) {
  customer(by: {id: $id}) {
    matchCandidates(first: 5) {
      edges { node { candidate { id sentence(language: $language) identifier { kind value } } other { id name kana } } }
      pageInfo { hasNextPage }
    }
    decisions(first: 10) {
      edges {
        node {
          id decidedAt actor rule reason sentence(language: $language) because { id } undoneBy { id }
          undoes { actor sentence(language: $language) contact: touchpoint { kind occurredAt } }
          evidence { kind value } contact: touchpoint { kind occurredAt }
          fromCustomer { id name kana } toCustomer { id name kana }
          records(first: 4) { edges { node { source externalId customer { id } } } }
        }
      }
      pageInfo { hasNextPage }
    }
    household { members { customer { id name kana } evidence { identifier { kind value } sentence(language: $language) } } }
    possibleContacts(first: 5) {
      edges { node { id kind occurredAt summary(language: $language) identifiersUsed { kind value } } }
      pageInfo { hasNextPage }
    }
  }
  identityPath(from: $id, to: $id) {
    links {
      sentence(language: $language) since start { source externalId } end { source externalId }
      identifier { kind value } decision { actor decidedAt reason }
    }
  }
}
"""

TIMELINE = (
    """
query CustomerTimeline($id: ID!, $filter: TimelineFilter, $after: String, $language: Language!) {
  customer(by: {id: $id}) { id ...TimelinePart }
}
"""
    + TIMELINE_PART
)

ORDERS = (
    """
query CustomerOrders($id: ID!, $ordersAfter: String) {
  customer(by: {id: $id}) { id ...OrdersPart }
}
"""
    + ORDERS_PART
)

ATTENTION = (
    """
query CustomerAttention($id: ID!, $language: Language!, $now: DateTime!, $waitingAfter: String) {
  customer(by: {id: $id}) { id ...AttentionPart }
}
"""
    + ATTENTION_PART
)

NOBODY = "Q3VzdG9tZXI6MA"
"""An id that no customer has."""
NO_CALL = "Q2FsbDow"
"""An id that no call has."""
_VIEW = {
    "id": NOBODY, "filter": None, "after": None, "ordersAfter": None, "waitingAfter": None, "language": "JA",
    "now": INSTANT, "since": INSTANT, "timeZone": "UTC",
}  # fmt: skip
_PERIOD = {"from": INSTANT, "to": INSTANT}
_FILTERS = ({"kinds": ["CALL"]}, {"channels": ["PHONE"]}, {"kinds": ["CALL"], "channels": ["PHONE"]}, _PERIOD)

FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = (
    (CUSTOMER, _VIEW),
    (PERMISSIONS, {"id": NOBODY, "language": "JA", "now": INSTANT}),
    (IDENTITY, {"id": NOBODY, "language": "JA"}),
)
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (ORDERS, {"id": NOBODY, "ordersAfter": None}),
    (ATTENTION, {"id": NOBODY, "language": "JA", "now": INSTANT, "waitingAfter": None}),
    (HERE, {"id": NOBODY}),
    (TOUCHPOINT_DETAIL, {"id": NO_CALL, "language": "JA"}),
    *((TIMELINE, {"id": NOBODY, "filter": chosen, "after": None, "language": "JA"}) for chosen in (None, *_FILTERS)),
)
