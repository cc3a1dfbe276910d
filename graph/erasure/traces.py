"""Keyed hashes of what an event names: they find out whether it was erased, and tell nobody what it was."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from graph.events.facts import Facts, Touchpoint

PERSON = b"erasure"
"""Sets these hashes apart from others under the same key."""
RECORD, IDENTIFIER, TOUCHPOINT = "SourceRecord", "Identifier", "Touchpoint"
Traces = Mapping[tuple[str, str], str]
"""(label, key of the node) -> its hash."""


def trace(key: bytes, label: str, node_key: str) -> str:
    """Return the hash (32 hex digits) by which an erased node is known; `key` is the secret of this installation."""
    return blake2b(f"{label}\x1f{node_key}".encode("utf-8", "surrogatepass"), key=key, digest_size=16, person=PERSON).hexdigest()


def traces_of(facts: Facts, key: bytes) -> Traces:
    """Return the hashes of everything that facts name of a person."""
    named = [(RECORD, each) for each in facts.records()] + [(IDENTIFIER, claim.key) for claim in facts.claimed()]
    if isinstance(facts, Touchpoint):
        named.append((TOUCHPOINT, facts.key))
    return {each: trace(key, *each) for each in named}
