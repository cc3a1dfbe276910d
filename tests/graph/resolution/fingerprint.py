"""The fingerprint of a graph: partition, facts, golden values and candidates, without anything that may be random.

Customer ids, decisions, redirects, receipts and versions are left out; opaque ids are replaced by the keys they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

import orjson

if TYPE_CHECKING:
    from graph.store import Store

FACTS = ("SourceRecord", "Identifier", "Touchpoint", "OrderLine", "Store", "Product", "Consent")
LINKS = ("HAS_IDENTIFIER", "DID", "VIA", "SOLD_AT", "AT", "ABOUT", "HAS_LINE", "OF", "SAID", "COVERS")
TIME_WIDTH = 27
"""Characters of the UTC time at the start of a touchpoint's position."""

# every node, every relationship
NODES: LiteralString = "MATCH (n) RETURN labels(n), properties(n)"
RELATIONSHIPS: LiteralString = "MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id"

Facts = Mapping[str, Any]
_RANDOM = frozenset({"id", "born", "version", "created_at", "digest", "lock", "location", "composites"})
_LEFT_TO_DO = frozenset({"threads_after", "unproposed"})
"""Marks of what follows in steps, which these tests do not take."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`facts` are nodes and relationships by name; `golden` and `candidates` are by the record keys they are about."""

    partition: frozenset[frozenset[str]]
    facts: Facts
    golden: Facts
    candidates: Facts


def differences(found: Fingerprint, expected: Fingerprint) -> list[str]:
    """Return what differs, a line for each thing: equal fingerprints have no differences."""
    lines = [f"cluster {sorted(part)}: only found" for part in found.partition - expected.partition]
    lines += [f"cluster {sorted(part)}: only expected" for part in expected.partition - found.partition]
    for name in ("facts", "golden", "candidates"):
        lines += _unequal(name, getattr(found, name), getattr(expected, name))
    return sorted(lines)


def _unequal(where: str, found: Facts, expected: Facts) -> Iterable[str]:
    for name in found.keys() | expected.keys():
        one, other = found.get(name, "nothing"), expected.get(name, "nothing")
        if one == other:
            continue
        if isinstance(one, dict) and isinstance(other, dict):
            yield from (
                f"{where} {name}.{key}: found {one.get(key)!r}, expected {other.get(key)!r}"
                for key in one.keys() | other.keys()
                if one.get(key) != other.get(key)
            )
        else:
            yield f"{where} {name}: found {one!r}, expected {other!r}"


async def fingerprint(store: Store) -> Fingerprint:
    """Read the whole graph; checks on the way that each record resolves to exactly one living customer."""
    return _Reading(await store.read(NODES), await store.read(RELATIONSHIPS)).fingerprint()


class _Reading:
    def __init__(self, nodes: list[list[Any]], relationships: list[list[Any]]) -> None:
        self.nodes = {properties["id"]: (frozenset(labels), properties) for labels, properties in nodes if "id" in properties}
        self.relationships = relationships
        self._check_composites([properties for labels, properties in nodes if "CompositeKey" in labels])
        self.names = {node: self._name(labels, properties) for node, (labels, properties) in self.nodes.items()}

    def fingerprint(self) -> Fingerprint:
        clusters = self._clusters()
        facts: dict[str, Any] = {}
        for node, (labels, properties) in self.nodes.items():
            if not labels.isdisjoint(FACTS):
                facts[self.names[node]] = self._facts(labels, properties)
        for start, kind, properties, end in self.relationships:
            if kind in LINKS:
                told = {("at" if name == "position" else name): value for name, value in properties.items()}
                if "at" in told:
                    told["at"] = told["at"].removesuffix(start)
                facts.setdefault(f"({self.names[start]})-[{kind}]->({self.names[end]})", []).append(told)
        golden = {" + ".join(sorted(keys)): self._golden(self.nodes[customer][1]) for customer, keys in clusters.items()}
        return Fingerprint(frozenset(frozenset(keys) for keys in clusters.values()), facts, golden, self._candidates())

    def _check_composites(self, keys: Iterable[dict[str, Any]]) -> None:
        had: dict[str, list[str]] = {}
        for labels, properties in self.nodes.values():
            for key in properties.get("composites", ()) if "SourceRecord" in labels else ():
                had.setdefault(key, []).append(properties["key"])
        assert {each["key"]: each["holders"] for each in keys} == {key: sorted(records) for key, records in had.items()}, (
            "a composite key knows who has it, and there is none that nobody has"
        )

    def _name(self, labels: frozenset[str], properties: dict[str, Any]) -> str:
        if "OrderLine" in labels:
            order, _, number = properties["id"].rpartition("-")
            return f"OrderLine {self.nodes[order][1]['key']} {int(number)}"
        label = next((label for label in FACTS if label in labels), "other")
        key = {"Store": "code", "Product": "sku", "Consent": "id", "other": "id"}.get(label, "key")
        return f"{label} {properties[key]}"

    def _clusters(self) -> dict[str, set[str]]:
        """Return customer id -> record keys; no link is lost, no customer doubled, no dead one without a way on."""
        clusters: dict[str, set[str]] = {}
        resolved: set[str] = set()
        onwards = {start: end for start, kind, _, end in self.relationships if kind == "REDIRECTS_TO"}
        for start, kind, _, end in self.relationships:
            if kind == "RESOLVES_TO":
                assert start not in resolved, f"{self.names[start]} resolves to two customers"
                resolved.add(start)
                clusters.setdefault(end, set()).add(self.nodes[start][1]["key"])
        records = {node for node, (labels, _) in self.nodes.items() if "SourceRecord" in labels}
        assert records == resolved, f"records without a customer: {[self.names[node] for node in records - resolved]}"
        for node, (labels, properties) in self.nodes.items():
            if "Customer" in labels:
                alive = node in clusters
                assert properties["status"] == ("ACTIVE" if alive else "MERGED"), (
                    "a customer with records is active, and no other"
                )
                assert alive == (node not in onwards), "a customer redirects when and only when it has no records"
                assert _end_of_redirects(node, onwards) in clusters, "redirects end at a living customer"
        return clusters

    def _facts(self, labels: frozenset[str], properties: dict[str, Any]) -> dict[str, Any]:
        facts = {name: value for name, value in properties.items() if name not in _RANDOM | _LEFT_TO_DO}
        for name in ("claims", "counts", "attributes"):
            if name in facts:
                facts[name] = orjson.loads(facts[name])
        if "stamps" in facts:
            facts["stamps"] = {name: stamp for stamp, names in orjson.loads(facts["stamps"]).items() for name in names}
        if "Touchpoint" in labels:
            self._check_touchpoint(properties)
            facts["at"] = facts.pop("position")[:TIME_WIDTH]
            facts["label"] = next(iter(labels - {"Touchpoint"}))
            facts["record"] = next(iter(self._owners(properties["id"])), None)
        return facts

    def _check_touchpoint(self, properties: dict[str, Any]) -> None:
        at = properties["at"].to_native().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        assert properties["position"] == at + properties["id"], "position is time and id"
        owners = self._owners(properties["id"])
        assert len(owners) <= 1, "a touchpoint hangs on one record"
        keys = {data["key"] for labels, data in self.nodes.values() if "SourceRecord" in labels}
        if owners:
            assert properties["record"] == owners[0], "the property and the relationship name one record"
        else:
            assert properties["record"] not in keys, "a touchpoint of nobody is in no record's timeline"

    def _owners(self, touchpoint: str) -> list[str]:
        return [self.nodes[start][1]["key"] for start, kind, _, end in self.relationships if kind == "DID" and end == touchpoint]

    def _golden(self, customer: dict[str, Any]) -> dict[str, Any]:
        golden = {name: value for name, value in customer.items() if name not in _RANDOM}
        origins = (text.split("\t") for text in golden["origins"])
        golden["origins"] = {field: (rule, time, self.nodes[record][1]["key"]) for field, rule, time, record in origins}
        if "favourite_store" in golden:
            golden["favourite_store"] = self.nodes[golden["favourite_store"]][1]["code"]
        return golden

    def _candidates(self) -> dict[str, Any]:
        between: dict[str, list[str]] = {}
        for start, kind, _, end in self.relationships:
            if kind == "BETWEEN":
                between.setdefault(start, []).append(self.nodes[end][1]["key"])
        candidates: dict[str, Any] = {}
        for node, (labels, properties) in self.nodes.items():
            if "MatchCandidate" in labels:
                by = self.nodes[properties["identifier"]][1]["key"] if "identifier" in properties else properties["rule"]
                name = " ? ".join(sorted(between[node])) + f" by {by}"
                assert name not in candidates, "a pair is asked about once"
                candidates[name] = {key: properties[key] for key in ("reason", "rule", "status")}
        return candidates


def _end_of_redirects(customer: str, onwards: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while customer in onwards and customer not in seen:
        seen.add(customer)
        customer = onwards[customer]
    return customer
