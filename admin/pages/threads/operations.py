"""The GraphQL operations of the thread page."""

from __future__ import annotations

from typing import Any

# What each kind tells of its conversation; a name is a type of the schema.
OWN = {
    "Call": "handedOverTo lastStep promise",
    "IvrSession": "handedOverTo lastStep promise",
    "Email": "handedOverTo lastStep promise",
    "Sms": "handedOverTo lastStep promise",
    "WebForm": "handedOverTo lastStep promise",
    "ChatThread": "messages { sentAt from text } handedOverTo lastStep promise",
    "BotSession": "messages { sentAt from text } handedOverTo lastStep promise",
    "SocialMessage": "messages { sentAt from text } handedOverTo lastStep promise",
    "StoreVisit": "advice handedOverTo lastStep promise",
}
ROW = """
fragment ThreadRow on Touchpoint {
  id kind occurredAt channel summary(language: $language) products { sku name } customer { id name kana phone email }
}
"""
THREAD_PAGE = (
    """
query ThreadPage($id: ID!, $parts: String, $language: Language!) {
  node(id: $id) {
    ... on Thread {
      id version startedAt lastAt channels topic
      parts(first: 50, after: $parts) {
        totalCount
        edges {
          node {
            rule sentence(language: $language) tiedAt tiedBy reason
            untiedFrom { id thread { id version } }
            touchpoint {
              ...ThreadRow endedAt direction staff subject text language store { id name code }
              """
    + "\n              ".join(f"... on {name} {{ {fields} }}" for name, fields in OWN.items())
    + """
            }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
      suggestions { sentence(language: $language) touchpoint { id } suggested { ...ThreadRow thread { version } } }
      untied { untiedAt untiedBy reason touchpoint { ...ThreadRow } }
    }
  }
}
"""
    + ROW
)
RECENT = (
    """
query ContactsToTie($id: ID!, $kinds: [TouchpointKind!], $language: Language!) {
  customer(by: {id: $id}) { timeline(filter: {kinds: $kinds}, first: 30) { edges { node { ...ThreadRow thread { id } } } } }
}
"""
    + ROW
)
TIE = "mutation ThreadTie($input: ThreadTieInput!) { threadTie(input: $input) { userErrors { message } } }"
UNTIE = "mutation ThreadUntie($input: ThreadUntieInput!) { threadUntie(input: $input) { userErrors { message } } }"

KINDS = (
    "CALL", "IVR_SESSION", "EMAIL", "SMS", "WEB_FORM", "CHAT_THREAD", "BOT_SESSION", "SOCIAL_MESSAGE", "FAX", "STORE_VISIT",
    "APPOINTMENT", "SERVICE_VISIT",
)  # fmt: skip
"""What may be tied."""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (THREAD_PAGE, {"id": "VGhyZWFkOjA", "parts": None, "language": "JA"}),
    (RECENT, {"id": "Q3VzdG9tZXI6MA", "kinds": KINDS, "language": "JA"}),
)
