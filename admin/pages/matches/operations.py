"""The GraphQL operations of the review queue."""

from __future__ import annotations

from typing import Any

QUEUE = """
query MatchQueue($matches: String, $reasons: [CandidateReason!]) {
  matchQueue(first: 20, after: $matches, reasons: $reasons) {
    totalCount pageInfo { hasNextPage endCursor }
    edges {
      node {
        customer { id name kana } orderCount candidateCount deferred
        candidates { candidate { id reason deferredUntil } other { id name kana } }
      }
    }
  }
}
"""
PAIR = """
query MatchPair($id: ID!, $language: Language!) {
  node(id: $id) {
    ... on MatchCandidate {
      id reason sentence(language: $language) deferredUntil identifier { id kind value }
      records {
        source externalId
        customer {
          id version name kana birthDate phone email address
          metrics { orderCount spend { amount currency } lastSeen }
          sourceRecords(first: 5) { totalCount edges { node { source externalId } } }
        }
      }
      score {
        bits priorBits probability confidence sentence(language: $language) weightsVersion
        fields { field agreement bits sentence(language: $language) first second }
      }
    }
  }
}
"""
DONE = """
query MatchDone($id: ID!, $language: Language!) {
  node(id: $id) {
    ... on Decision {
      id rule sentence(language: $language) undoneBy { id }
      records(first: 1) { edges { node { customer { id version name kana } } } }
    }
    ... on MatchCandidate { id deferredUntil between: records { customer { id name kana } } }
  }
}
"""
DECIDE = """
mutation MatchDecide($input: MatchCandidateDecideInput!) {
  done: matchCandidateDecide(input: $input) { decision { id } userErrors { message } }
}
"""
DEFER = """
mutation MatchDefer($input: MatchCandidateDeferInput!) {
  done: matchCandidateDefer(input: $input) { candidate { id } userErrors { message } }
}
"""
UNDO = """
mutation MatchUndo($input: CustomerUnmergeInput!) {
  done: customerUnmerge(input: $input) { decision { id } userErrors { message } }
}
"""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (QUEUE, {"matches": None, "reasons": None}),
    (PAIR, {"id": "TWF0Y2hDYW5kaWRhdGU6MA", "language": "JA"}),
    (DONE, {"id": "RGVjaXNpb246MA", "language": "JA"}),
    (DONE, {"id": "TWF0Y2hDYW5kaWRhdGU6MA", "language": "JA"}),
)
