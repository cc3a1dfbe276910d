"""docs/events.md: every example on it reads, and its tables name what the program knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic.alias_generators import to_camel

from graph.intake.event_types import EVENT_TYPES, json_schema
from graph.intake.reading import read_event
from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS
from graph.vocabulary import CHANNELS, CONSENT_STATES, IDENTIFIER_KINDS, ORDER_STATUSES, PURPOSES

PAGE = (Path(__file__).parents[3] / "docs" / "events.md").read_text(encoding="utf-8")
EXAMPLES: list[dict[str, Any]] = [
    json.loads(block) for block in re.findall(r"^```json\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{example['type']} {example['id']}" for example in EXAMPLES])
def test_an_example_is_read_and_fits_its_schema(example: dict[str, Any]) -> None:
    assert read_event(example, b"key").id == example["id"]
    Draft202012Validator(json_schema(example["type"])).validate(example)


def test_there_is_an_example_of_every_event_type() -> None:
    assert {example["type"] for example in EXAMPLES} == set(EVENT_TYPES)


def test_the_page_names_every_word_of_the_contract() -> None:
    own_fields = {to_camel(field.name) for row in TOUCHPOINTS.values() for field in row.fields}
    words = {*INTERACTION_KINDS, *CHANNELS, *IDENTIFIER_KINDS, *ORDER_STATUSES, *PURPOSES, *CONSENT_STATES, *own_fields}
    assert {word for word in words if f"`{word}`" not in PAGE} == set()


def test_the_page_gives_each_kind_its_default_channel() -> None:
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| `([A-Z]+)` \|", PAGE, re.MULTILINE)
    told = {kind: channel for kinds, channel in rows for kind in re.findall(r"`([A-Z_]+)`", kinds)}
    assert told == {kind: TOUCHPOINTS[kind].channel for kind in INTERACTION_KINDS}


def test_the_page_lists_every_field_of_an_order_and_of_its_lines() -> None:
    shapes = json_schema("customer360.order.v1")["$defs"]
    common = sentence("Every kind takes")
    assert sentence("An order takes") | common - {"kind"} == set(shapes["OrderData"]["properties"])
    assert sentence("A line takes") == set(shapes["OrderLine"]["properties"])


def test_the_page_lists_every_field_that_all_interactions_have() -> None:
    kinds = [json_schema("customer360.interaction.v1")["$defs"][kind]["properties"] for kind in ("Note", "Call", "Survey")]
    assert sentence("Every kind takes") == set.intersection(*map(set, kinds))


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_the_page_names_every_field_of_every_shape(event_type: str) -> None:
    shapes = json_schema(event_type)["$defs"].values()
    names = {name for shape in shapes for name in shape.get("properties", ())}
    assert names
    assert {name for name in names if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE} == set()


def sentence(begin: str) -> set[str]:
    """Return the field names in the list that a sentence of the page gives."""
    [told] = re.findall(begin + r" (.+?(?:\)|`))(?:\.|, and the common)", PAGE)
    return set(re.findall(r"`([a-z]\w*)`", told))
