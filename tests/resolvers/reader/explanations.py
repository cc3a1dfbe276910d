"""Why and why not, as the reader tells it: the rules' own answer, and each thing in it fetched field by field."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any

from graph.explanation import explaining
from graph.explanation.scoring import Closest
from graph.identity.score import Score
from graph.keys import identifier_id
from graph.resolution.identifiers import IdentifierState
from graph.resolution.records import RecordState
from graph.words import say
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.spelling import read_id


class AsStore:
    """What the explanation reads from, over the reader's own statements."""

    def __init__(self, request: Request) -> None:
        self.request = request

    async def read(self, statement: Any, parameters: Mapping[str, Any]) -> list[list[Any]]:
        return self.request.rows(statement, **parameters)


def finished(running: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine returns that waits for nothing."""
    try:
        running.send(None)
    except StopIteration as stopped:
        return stopped.value
    raise AssertionError("it waits for something")


def end(given: str) -> str:
    type_name, raw = read_id(given)
    if type_name not in ("Customer", "SourceRecord"):
        raise Refused("INVALID_INPUT", "This id belongs neither to a Customer nor to a SourceRecord.")
    return raw


def record(found: RecordState | None) -> Thing | None:
    return Thing("SourceRecord", found.properties["id"]) if found else None


def identifier(found: IdentifierState | None) -> Thing | None:
    return Thing("Identifier", identifier_id(found.key)) if found else None


def decision(found: Any) -> Thing | None:
    return Thing("Decision", found.decision) if found else None


def scored(score: Score) -> dict[str, Any]:
    fields = ("field", "agreement", "bits", "first", "second")
    return {
        "told": score,
        "bits": score.bits,
        "priorBits": score.prior_bits,
        "probability": score.probability,
        "confidence": score.confidence,
        "weightsVersion": score.weights_version,
        "fields": [{"told": each, **{name: getattr(each, name) for name in fields}} for each in score.fields],
    }


@field("Query", "identityPath")
def identity_path(_: None, request: Request, to: str, **begin: str) -> dict[str, Any] | None:
    store: Any = AsStore(request)
    found = finished(explaining.identity_path(store, end(begin["from"]), end(to)))
    if found is None:
        return None
    links = [
        {
            "start": record(step.start),
            "end": record(step.end),
            "rule": step.rule,
            "since": step.since,
            "identifier": identifier(step.identifier),
            "decision": decision(step.said),
            "score": scored(step.score),
        }
        for step in found.steps
    ]
    return {"customer": Thing("Customer", found.customer), "links": links}


@field("Query", "whyNot")
def why_not(_: None, request: Request, a: str, b: str) -> dict[str, Any] | None:
    store: Any = AsStore(request)
    found = finished(explaining.why_not(store, end(a), end(b)))
    if found is None:
        return None
    against = [
        {
            "kind": reason.kind,
            "record": record(reason.record),
            "other": record(reason.other),
            "identifier": identifier(reason.identifier),
            "decision": decision(reason.said),
        }
        for reason in found.reasons
    ]
    return {"sameCustomer": not against, "obstacles": against, "closest": closest(found.closest)}


def closest(found: Closest | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"record": record(found.record), "other": record(found.other), "score": scored(found.score)}


@field("IdentityLink", "sentence")
def because(link: dict[str, Any], request: Request, language: str) -> str:
    return say(f"rule.{link['rule']}", language.lower())


@field("Obstacle", "sentence")
def against(obstacle: dict[str, Any], request: Request, language: str) -> str:
    return say(f"obstacle.{obstacle['kind']}", language.lower())


@field("SourceRecord", "customer")
def customer(found: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (r:SourceRecord {id: $p.id})-[:RESOLVES_TO]->(c:Customer) RETURN c.id", id=found.id)
    return raw and Thing("Customer", raw)
