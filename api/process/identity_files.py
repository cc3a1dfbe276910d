"""The YAML files that the settings name for identity: values that identify nobody, and how far sources are trusted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import TypeAdapter, ValidationError

from api.process.settings import InvalidSettings, Settings
from graph.errors import InvalidInput
from graph.identity.blocking import NOTHING_LISTED, ListedValues, read_listed_values
from graph.identity.trust import Trust

_RANKS = TypeAdapter(dict[str, int], config={"strict": True})


def blocked_values(settings: Settings) -> ListedValues:
    """Return what identifies nobody in this company; raises InvalidSettings in words that show no value."""
    path = settings.blocked_values_file
    if path is None:
        return NOTHING_LISTED
    try:
        return read_listed_values(read_table("BLOCKED_VALUES_FILE", path))
    except InvalidInput as error:
        raise InvalidSettings(f"Settings: BLOCKED_VALUES_FILE: {error.message}") from None


def source_trust(settings: Settings) -> Trust | None:
    """Return the rank of each source, or None without a file; raises InvalidSettings."""
    path = settings.source_trust_file
    if path is None:
        return None
    try:
        return _RANKS.validate_python(read_table("SOURCE_TRUST_FILE", path))
    except ValidationError:
        raise InvalidSettings("Settings: SOURCE_TRUST_FILE must say `source: rank`, with whole numbers.") from None


def read_table(name: str, path: Path) -> Mapping[str, Any]:
    """Return the table of a YAML file that the setting `name` names; raises InvalidSettings."""
    try:
        told: Any = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InvalidSettings(f"Settings: {name} names a file that cannot be read.") from None
    except (yaml.YAMLError, ValueError):
        raise InvalidSettings(f"Settings: {name} names a file that is no YAML.") from None
    if isinstance(told, dict):
        return cast("dict[str, Any]", told)
    if told is not None:
        raise InvalidSettings(f"Settings: {name} names a file that is no YAML table.")
    return {}
