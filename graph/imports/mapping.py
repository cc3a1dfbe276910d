"""The mapping file: one declarative YAML file that says how the files of one source become events."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from graph.errors import InvalidInput
from graph.imports.encodings import encoding_called
from graph.imports.rows import NULL_WORDS, Text
from graph.imports.rules import Rule, Strict, as_list
from graph.imports.transforms import time_zone


def _words(given: object) -> object:
    """YAML reads an unquoted NULL as nothing, and "\\N" in double quotes as a line break of its own."""
    words = cast("list[object]", given) if isinstance(given, list) else [given]
    return NULL_WORDS.union("\\N" if word == "\x85" else str(word) for word in words if word is not None)


Encodings = Annotated[tuple[str, ...], BeforeValidator(as_list), AfterValidator(lambda names: tuple(map(encoding_called, names)))]
Words = Annotated[frozenset[str], BeforeValidator(_words)]


class MappingFile(Strict):
    """One source. Times without an offset are of `time_zone`; a single `$time` may state another `zone`."""

    source: str = Field(min_length=1)
    time_zone: str
    encoding: Encodings = Field(default=("utf-8-sig",), min_length=1)
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    skip: int = Field(default=0, ge=0)
    null: Words = NULL_WORDS
    events: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _state_the_zone(cls, given: object) -> object:
        """Fill the zone of the file into every `$time` that states none, and make the time of each event one."""
        if not isinstance(given, dict):
            raise ValueError("a mapping is an object with source, time_zone and events")
        # `null:` as a key is nothing to YAML too.
        tree = {"null" if key is None else str(key): value for key, value in cast("dict[object, Any]", given).items()}
        zone = str(tree.get("time_zone", ""))
        time_zone(zone)
        rules = tree.get("events")
        return (
            tree | {"events": [_with_zone(_timed(rule), zone) for rule in cast("list[object]", rules)]}
            if isinstance(rules, list)
            else tree
        )

    @model_validator(mode="after")
    def _has_distinct_names(self) -> MappingFile:
        if len({rule.name for rule in self.events}) < len(self.events):
            raise ValueError("every entry of `events` needs a name of its own")
        return self

    @property
    def text(self) -> Text:
        read = frozenset[str]().union(*(rule.row_columns for rule in self.events))
        for rule in self.events:
            read = read.union(*([lookup.key, *rule.lookup_columns(name)] for name, lookup in rule.lookups.items()))
        return Text(self.encoding, self.delimiter, self.skip, self.null, read)


def _timed(rule: object) -> object:
    """`time: $column` is short for `time: {$time: $column}`."""
    if not isinstance(rule, dict) or "time" not in rule:
        return cast("object", rule)
    fields = cast("dict[str, object]", rule)
    time = fields["time"]
    stated = isinstance(time, dict) and "$time" in time
    return fields if stated else {**fields, "time": {"$time": cast("object", time)}}


def _with_zone(node: object, zone: str) -> object:
    if isinstance(node, dict):
        filled = {key: _with_zone(child, zone) for key, child in cast("dict[object, object]", node).items()}
        return {"zone": zone, **filled} if "$time" in filled else filled
    return [_with_zone(child, zone) for child in cast("list[object]", node)] if isinstance(node, list) else node


def load_mapping(path: Path) -> MappingFile:
    """Read a mapping file; InvalidInput says in which entry what is wrong."""
    tree: object = None
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        return MappingFile.model_validate(tree)
    except OSError as problem:
        raise InvalidInput(f"The mapping {path.name} cannot be read: {problem.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise InvalidInput(f"The mapping {path.name} is no YAML in UTF-8: {problem}") from None
    except ValidationError as problem:
        raise InvalidInput("\n".join([f"The mapping {path.name} does not hold:", *_sentences(problem, tree)])) from None


def _sentences(problem: ValidationError, tree: object) -> Sequence[str]:
    found = problem.errors()
    # pydantic counts an entry that does not hold as a missing one; that says nothing more.
    told = [error for error in found if len(found) == 1 or (error["type"], error["loc"]) != ("too_short", ("events",))]
    return [f"  {_place(error['loc'], tree)}: {error['msg'].removeprefix('Value error, ')}" for error in told]


def _place(location: tuple[int | str, ...], tree: object) -> str:
    """`events[orders].data` instead of `events.3.data`."""
    place = ""
    for step in location:
        tree = _child(tree, step)
        place += f"[{_child(tree, 'name') or step}]" if isinstance(step, int) else f".{step}"
    return place.removeprefix(".") or "the file"


def _child(tree: Any, step: int | str) -> Any:
    try:
        return tree[step]
    except (KeyError, IndexError, TypeError):
        return None
