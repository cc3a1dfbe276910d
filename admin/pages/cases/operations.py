"""The GraphQL operations of the inbox and of one case."""

from __future__ import annotations

from typing import Any

from admin.pages.cases.views import VIEWS

CASE_ROW = """
fragment CaseRow on Case {
  id number version subject origin state since priority topic channel team assignee tags snoozedUntil dueAt unanswered
  lastMessageAt openedAt escalatedTo escalationDueAt
  store { id name code }
  customer { id name kana }
}
"""
PRESENT = """
fragment Present on Case { presence { account name writing } }
"""

INBOX = (
    """
query CaseInbox($filter: CaseFilter, $cases: String) {
  cases(filter: $filter, first: 30, after: $cases) { edges { node { ...CaseRow ...Present } } pageInfo { hasNextPage endCursor } }
}
"""
    + CASE_ROW
    + PRESENT
)
PRESENT_IN_LIST = (
    """
query CasesPresentInList($filter: CaseFilter, $cases: String) {
  cases(filter: $filter, first: 30, after: $cases) { edges { node { id ...Present } } }
}
"""
    + PRESENT
)
PRESENT_ON = "query CasesPresentOn($ids: [ID!]!) { casesById(ids: $ids) { id ...Present } }" + PRESENT
MOST_PRESENT = 100
"""So many cases can be asked about by their ids."""
COUNTS = """
query CaseCounts {
  caseCounts {
    all: open unassigned unanswered overdue bounced escalated waiting: waitingCustomer internal: waitingInternal snoozed
  }
}
"""
MINE = "query CasesMine($me: String!) { cases(filter: {assignee: $me}) { totalCount } }"
CHOICES = """
query CaseChoices {
  stores(first: 100) { edges { node { id name code } } }
  teams { code name members { account } }
  availability { available capacity workingOn teams { assigns } }
}
"""

CASE = (
    """
query CasePage($id: ID!, $history: String, $language: Language!) {
  replyChannels
  case(by: {id: $id}) {
    ...CaseRow ...Present
    assignedAutomatically takeUpBy openedBy source externalId language reopenCount resolvedAt resolution nextStates
    clocks { kind state dueAt breachedAt metAt paused calendar calendarVersion }
    promises(first: 20) { edges { node { id text dueAt state owner endedAt } } }
    follows { id number subject state }
    suggestions { id topic priority probability reasons { kind value } similar { id number } }
    replies { id state subject text actor sendAt failure identifier { id kind value } }
    history(first: 100, after: $history) {
      edges {
        node {
          id kind occurredAt actor note state code priority topic channel team staff answerBy tag until onlyThanks about rule
          probability reasons { kind value }
          candidates { account score reasons obstacles }
          touchpoint { ...CaseTouchpoint }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
    interactions(first: 100) { edges { node { rule touchpoint { ...CaseTouchpoint } } } }
    contacts: customer {
      identifiers(first: 30) { edges { node { identifier { id kind value state undeliverableSince } } } }
      timeline(first: 8) { edges { node { id kind occurredAt channel summary(language: $language) products { sku name } } } }
    }
  }
}
fragment CaseTouchpoint on Touchpoint {
  id kind occurredAt channel direction summary(language: $language) subject text staff
  products { sku name }
  identifiersUsed { id kind value state undeliverableSince }
}
"""
    + CASE_ROW
    + PRESENT
)
REPLIES = "query CaseReplies($id: ID!) { case(by: {id: $id}) { replies { id text subject identifier { id } } } }"
HERE = "query CaseHere($id: ID!) { case(by: {id: $id}) { id } }"
"""Whether an open page still shows a case that its reader may read."""

FOR_CUSTOMER = "query CaseForCustomer($id: ID!) { customer(by: {id: $id}) { id name kana } }"
FOR_TOUCHPOINT = """
query CaseForTouchpoint($id: ID!, $language: Language!) {
  node(id: $id) {
    ... on Touchpoint {
      id kind occurredAt channel summary(language: $language) subject products { sku name } customer { id name kana }
    }
  }
}
"""


def document(mutation: str, answer: str = "") -> str:
    """Return the operation that executes a mutation; `answer` is what else is asked of its payload."""
    input_ = f"{mutation[0].upper()}{mutation[1:]}Input"
    return f"mutation ($input: {input_}!) {{ done: {mutation}(input: $input) {{ {answer} userErrors {{ message }} }} }}"


NO_CASE = "Q2FzZTow"
"""A global id that no case has."""
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    *((INBOX, {"filter": {"assignee": "nobody"} if view == "mine" else asked, "cases": None}) for view, asked in VIEWS.items()),
    (INBOX, {"filter": {"customerId": "Q3VzdG9tZXI6MA"}, "cases": None}),
    *(
        (PRESENT_IN_LIST, {"filter": {"assignee": "nobody"} if view == "mine" else asked, "cases": None})
        for view, asked in VIEWS.items()
    ),
    (PRESENT_IN_LIST, {"filter": {"customerId": "Q3VzdG9tZXI6MA"}, "cases": None}),
    (PRESENT_ON, {"ids": [NO_CASE]}),
    (COUNTS, {}),
    (MINE, {"me": "nobody"}),
    (CHOICES, {}),
    (CASE, {"id": NO_CASE, "history": None, "language": "JA"}),
    (HERE, {"id": NO_CASE}),
    (REPLIES, {"id": NO_CASE}),
    (FOR_CUSTOMER, {"id": "Q3VzdG9tZXI6MA"}),
    (FOR_TOUCHPOINT, {"id": "Q2FsbDow", "language": "JA"}),
)
