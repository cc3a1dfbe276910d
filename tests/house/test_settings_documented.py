"""Every setting of the code stands in .env.example and in the table of the README, with the same default."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import SecretStr

from api.process.settings import SECRETS, Settings

ROOT = Path(__file__).parents[2]
SETTINGS = {name.upper(): field for name, field in Settings.model_fields.items()}


def written_default(name: str) -> str:
    """Return the default of a setting as a person would write it; empty where there is none or it depends on the user."""
    default = SETTINGS[name].default
    if SETTINGS[name].default_factory is not None or default is None or isinstance(default, SecretStr):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_the_example_file_names_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert named == {name: written_default(name) for name in SETTINGS}


def test_the_readme_names_every_setting_with_its_default_and_description() -> None:
    rows = re.findall(r"^\| `([A-Z0-9_]+)` \| (.*?) \| (.*?) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    documented = {name: (default.strip("`"), words) for name, default, words in rows}
    assert documented == {name: (written_default(name), SETTINGS[name].description) for name in SETTINGS}


def test_every_setting_is_used_outside_the_settings() -> None:
    asked = {name: f"settings.{name.lower()}" for name in SETTINGS} | {"ALLOWED_HOSTS": "settings.hosts"}
    # A secret that stands in a file is read by the settings themselves.
    asked |= {f"{name.upper()}_FILE": f"settings.{name}" for name in SECRETS}
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "api").rglob("*.py"))
    assert [name for name, text in asked.items() if text not in code] == []
