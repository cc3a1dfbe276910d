"""The published JSON Schemas: valid themselves, and of one mind with the reader."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from graph.events.invalid import InvalidEvent
from graph.intake.event_types import EVENT_TYPES, json_schema
from graph.intake.reading import read_event
from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS, FieldType

SAMPLES: dict[FieldType, Any] = {
    FieldType.TEXT: "x",
    FieldType.TEXTS: ["x"],
    FieldType.INTEGER: 1,
    FieldType.NUMBER: 1.5,
    FieldType.BOOLEAN: True,
    FieldType.TIME: "2026-04-01T10:00:00+09:00",
    FieldType.MESSAGES: [{"at": "2026-04-01T10:00:00+09:00", "from": "customer", "text": "x"}],
    FieldType.PAGES: [{"at": "2026-04-01T10:00:00+09:00", "url": "/a", "sku": "SKU-1"}],
    FieldType.ANSWERS: [{"question": "q", "answer": ["a", 1, True, None]}],
}


INTERACTION = Draft202012Validator(json_schema("customer360.interaction.v1"))


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def interaction(kind: str, **data: Any) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/test", "id": "e-1"}
    return {**envelope, "time": "2026-04-01T10:00:00+09:00", "data": {"kind": kind, **data}}


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_a_schema_is_a_valid_schema_that_names_its_type(event_type: str) -> None:
    schema = json_schema(event_type)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["type"]["const"] == event_type


@pytest.mark.parametrize("kind", INTERACTION_KINDS)
def test_each_kind_takes_its_own_fields_in_schema_and_reader_and_no_others(kind: str) -> None:
    own = {camel(field.name): SAMPLES[field.type] for field in TOUCHPOINTS[kind].fields}
    event = interaction(kind, **own)
    assert INTERACTION.is_valid(event)
    read_event(event, b"")
    assert INTERACTION.is_valid(interaction(kind, **dict.fromkeys(own)))
    assert not INTERACTION.is_valid(interaction(kind, unheardOf=1))
    for name in own:
        assert not INTERACTION.is_valid(interaction(kind, **{name: {"unheard": ["of"]}})) or name == "answers"


@pytest.mark.parametrize("kind", [row.kind for row in TOUCHPOINTS.values() if row.own_event])
def test_a_kind_with_an_event_type_of_its_own_is_no_interaction(kind: str) -> None:
    assert not INTERACTION.is_valid(interaction(kind))
    with pytest.raises(InvalidEvent):
        read_event(interaction(kind), b"")


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    assert not INTERACTION.is_valid(interaction("ORDER"))
    assert not INTERACTION.is_valid({**interaction("CALL"), "Source": "x"})
    assert not INTERACTION.is_valid(interaction("CALL", text="a\0b"))
