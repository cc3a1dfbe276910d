"""The GraphQL operations of the pages: everything the admin asks stands here."""

from __future__ import annotations

from typing import Any

TOUCHPOINT = """
fragment TouchpointRow on Touchpoint {
  id kind at channel summary(language: $language) subject text staff topic reference
  store { id name }
  products { id sku name }
  orders { id number }
  via { id kind value sharing }
  ... on ChatThread { messages { ...Said } }
  ... on BotSession { messages { ...Said } }
  ... on SocialMessage { messages { ...Said } }
  ... on StoreVisit { advice }
}
fragment Said on ChatMessage { at from text }
"""

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
        id number at status channel
        total { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency }
        pointsUsed couponCodes
        store { id name }
        lines(first: 20) {
          edges { node { id number sku name quantity unitPrice { amount currency } amount { amount currency } } }
          pageInfo { hasNextPage }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

WHO_PART = """
fragment WhoPart on Customer {
  id requestedId status version name kana birthDate gender language address phone email maskedFields
  metrics {
    orderCount spend { amount currency } lastSeen favouriteChannel
    favouriteStore { id name }
  }
  identifiers(first: 50) {
    edges { node { verified firstSeen lastSeen validTo identifier { id kind scope value sharing state } } }
    pageInfo { hasNextPage }
  }
  sources(first: 20) {
    edges { node { id source externalId firstSeen } }
    pageInfo { hasNextPage }
  }
}
"""

CUSTOMER = (
    """
query CustomerPage($id: ID!, $filter: TimelineFilter, $after: String, $ordersAfter: String, $language: Language!) {
  customer(by: {id: $id}) { ...WhoPart ...OrdersPart ...TimelinePart }
}
"""
    + WHO_PART
    + ORDERS_PART
    + TIMELINE_PART
)

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

LOOKUP = """
query LookUp($query: String!) {
  customerLookup(input: {query: $query, first: 10}) {
    score
    reasons { kind exact matched identifier { id kind value sharing } }
    customer {
      id name kana birthDate address phone email
      metrics { orderCount lastSeen favouriteStore { id name } }
    }
  }
}
"""

CHOICES = """
query FilterChoices {
  kinds: __type(name: "TouchpointKind") { enumValues { name } }
  channels: __type(name: "Channel") { enumValues { name } }
}
"""

NOBODY = "Q3VzdG9tZXI6MA"
"""An id that no customer has."""
_VIEW = {"id": NOBODY, "filter": None, "after": None, "ordersAfter": None, "language": "JA"}
_FILTERS = ({"kinds": ["CALL"]}, {"channels": ["PHONE"]}, {"kinds": ["CALL"], "channels": ["PHONE"]})
_TYPED = ("09000000000", "0000", "試験", "シケン", "shiken", "shiken@example.jp")

PLANNED_AT_START: tuple[tuple[str, dict[str, Any]], ...] = (
    (CUSTOMER, _VIEW),
    (ORDERS, {"id": NOBODY, "ordersAfter": None}),
    *((TIMELINE, {"id": NOBODY, "filter": chosen, "after": None, "language": "JA"}) for chosen in (None, *_FILTERS)),
    *((LOOKUP, {"query": typed}) for typed in _TYPED),
)
"""Each operation of the pages with variables of each shape: asked once, the database has planned it for everybody."""
