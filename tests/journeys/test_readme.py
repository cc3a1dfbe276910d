"""What the README shows is what happens: its commands are run as they stand, beside a served demo town."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from graph.local import LocalServer
from graph.store import Store
from tests.served import PROGRAM, environment, graph_of, served

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"```sh\n([^`]*)```\n\n```(?:json|text)\n([^`]*)```", README)
"""(command, what it prints), where the README shows both."""


# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), and the sources of that customer's touchpoints
SOURCES = """
MATCH (:Identifier {key: $p.number})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH DISTINCT c
RETURN COLLECT { MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) RETURN DISTINCT t.source }
"""


def without_ids(text: str) -> str:
    """Return an answer with its random customer ids left out, as the README prints it."""
    return re.sub(r'"customerId":"[^"]+"', '"customerId":"..."', text).strip()


def test_the_readme_opens_with_exactly_two_commands() -> None:
    block = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert block is not None
    assert block.group(1).split("\n") == ["make demo", "make test", ""]


def test_what_the_readme_links_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if not target.startswith("http")]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_a_command_of_the_readme_is_a_command_of_the_program() -> None:
    shown = set(re.findall(r"`(?:\.venv/bin/)?customer360 ([a-z]+)", README))
    for command in shown:
        subprocess.run([PROGRAM, command, "--help"], capture_output=True, check=True, env=environment())


def run(command: str, root: str, env: dict[str, str]) -> str:
    """Run a shown command against the server at `root` and return what it prints."""
    assert "make" not in command
    adapted = command.replace("127.0.0.1:8000", root.removeprefix("http://")).replace(".venv/bin/customer360", PROGRAM)
    done = subprocess.run(adapted, shell=True, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout or done.stderr


async def test_the_three_commands_give_what_the_readme_says(store: Store, neo4j_server: LocalServer, tmp_path: Path) -> None:
    await store.check()
    graph = graph_of(neo4j_server)
    env = environment(DATA_FOLDER=str(tmp_path / "data"), **graph)
    with served(tmp_path, graph, [PROGRAM, "demo", "--customers", "20"]) as demo:
        printed = [without_ids(run(command, demo.root, env)) for command, _ in SHOWN]
    # The shop's purchases, the web shop's and the call are one person's, as the README says of the page.
    [[sources]] = await store.read(SOURCES, {"number": "PHONE::+819012340001"})
    assert {"/example", "/ec", "/cti"} <= set(sources)
    assert printed == [answer.strip() for _, answer in SHOWN]
    assert len(printed) == 3


def test_what_a_guide_links_to_is_there() -> None:
    link = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")
    links = [(guide, target) for guide in (ROOT / "docs").rglob("*.md") for target in link.findall(guide.read_text("utf-8"))]
    assert links
    missing = [
        (guide, target) for guide, target in links if not target.startswith("http") and not (guide.parent / target).exists()
    ]
    assert [(guide.relative_to(ROOT).as_posix(), target) for guide, target in missing] == []
