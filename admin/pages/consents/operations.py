"""The operations of the page on which consents are recorded."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY

ASKED = """
query ConsentAsked($id: ID!) {
  customer(by: {id: $id}) {
    id version name kana
    identifiers(first: 50) { edges { node { identifier { id kind value scope } } } }
  }
}
"""
BEFORE = """
query ConsentBefore($id: ID!, $purpose: Purpose!, $language: Language!) {
  customer(by: {id: $id}) { contactPermissions(purposes: [$purpose]) { ...Told } }
}
fragment Told on ContactPermission { channel purpose allowed reason sentence(language: $language) contactPoints { kind value } }
"""
RECORD = """
mutation ConsentRecord($input: ConsentRecordInput!, $purpose: Purpose!, $language: Language!) {
  consentRecord(input: $input) {
    customer { id contactPermissions(purposes: [$purpose]) { ...Told } }
    userErrors { message path }
  }
}
fragment Told on ContactPermission { channel purpose allowed reason sentence(language: $language) contactPoints { kind value } }
"""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (ASKED, {"id": NOBODY}),
    (BEFORE, {"id": NOBODY, "purpose": "MARKETING", "language": "JA"}),
)
