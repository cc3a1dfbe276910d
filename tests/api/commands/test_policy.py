"""The page on access shows the policy as it is."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from api.commands.command_line import program
from resolvers.access.policy import POLICY
from resolvers.access.tags import Tag

PAGE = Path(__file__).parents[3] / "docs" / "access.md"


def test_the_page_on_access_ends_with_what_the_command_prints() -> None:
    done = CliRunner().invoke(program(["policy"]), ["policy"])
    assert done.exit_code == 0
    assert PAGE.read_text("utf-8").partition("## Tables\n\n")[2] == done.stdout


def test_the_tables_have_every_tag_type_and_mutation() -> None:
    printed = CliRunner().invoke(program(["policy"]), ["policy"]).stdout
    for name in (*Tag, *POLICY.rows, "customerMerge", "touchpointAssign"):
        assert f"| `{name}` |" in printed
    assert "| `customerMerge` | yes | yes | – |" in printed
