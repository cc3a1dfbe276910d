"""The values that identify nobody in this company, read from the file that the settings name."""

from __future__ import annotations

import tomllib

from api.settings import InvalidSettings, Settings
from graph.errors import InvalidInput
from graph.identity.blocking import NOTHING_LISTED, ListedValues, read_listed_values


def listed_values(settings: Settings) -> ListedValues:
    """Return what the file lists; raises InvalidSettings in words that show no value."""
    path = settings.blocked_values
    if path is None:
        return NOTHING_LISTED
    try:
        return read_listed_values(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSettings("Settings: BLOCKED_VALUES names a file that cannot be read.") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettings("Settings: BLOCKED_VALUES names a file that is no TOML.") from error
    except InvalidInput as error:
        raise InvalidSettings(f"Settings: BLOCKED_VALUES: {error.message}") from None
