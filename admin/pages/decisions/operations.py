"""The operations of the page on which a person decides."""

from __future__ import annotations

from functools import cache

CONCERNED = """
query Concerned($id: ID!) {
  customer(by: {id: $id}) {
    id version name kana birthDate phone email address
    sourceRecords(first: 10) { edges { node { id source externalId name } } }
  }
}
"""
SUBJECT = """
query DecidedAbout($id: ID!, $language: Language!) {
  node(id: $id) {
    ... on Decision {
      decision: __typename sentence(language: $language) actor decidedAt reason
      undoes { sentence(language: $language) contact: touchpoint { kind occurredAt } }
      evidence { kind value } contact: touchpoint { kind occurredAt }
      fromCustomer { id name kana } toCustomer { id name kana } records(first: 4) { edges { node { source externalId } } }
    }
    ... on Touchpoint {
      touchpoint: __typename kind channel occurredAt summary(language: $language) identifiersUsed { kind value }
    }
  }
}
"""
COMPARED = """
query Compared($one: ID!, $other: ID!, $language: Language!) {
  whyNot(a: $one, b: $other) {
    closest {
      record { source externalId } other { source externalId }
      score {
        bits priorBits probability confidence sentence(language: $language) weightsVersion
        fields { field agreement bits sentence(language: $language) first second }
      }
    }
  }
}
"""
OUTCOME = "{ customers { id name kana sourceRecords(first: 0) { totalCount } } contactsMoved userErrors { code message } }"


@cache
def decided(mutation: str, taken: str) -> str:
    """Return the mutation that decides, or says what would come of it; `taken` is the type of its input."""
    return f"mutation Decide($input: {taken}!) {{ outcome: {mutation}(input: $input) {OUTCOME} }}"
