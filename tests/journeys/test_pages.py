"""What the pages show is what happens: every fenced block of README.md and docs/ is run against one served demo town."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from typer.testing import CliRunner

from api.commands.command_line import program
from api.process.case_rules import case_rules, case_tables, sorting_rules
from api.process.points import points_programme
from api.process.settings import Settings
from graph.cases.opening_rules import DEFAULT_RULES
from graph.identity.blocking import read_listed_values
from graph.local import LocalServer
from graph.matching.fields import read_declared
from graph.store import Store
from tests.journeys.blocks import PAGES, ROOT, Block, blocks
from tests.served import PROGRAM, environment, graph_of, served

OF_APPS = {"docs/connect.md", "docs/follow.md"}
"""Pages whose blocks are the files and commands of an app: test_connect.py and test_follow.py run all of them."""
SHOWN_ONLY = {"text"}
SET_UP = {"make demo\nmake test\n"}
"""The verbs that set a checkout up: this test runs in one, as `make test` does."""
PLACEHOLDER, OF_A_POINT, OF_A_STORE = "Q3VzdG9tZXI6...", "SWRlbnRpZmllcjo...", "U3RvcmU6..."
OF_A_BASKET, OF_AN_OFFER = "9a3c51d0a7be4f12", "T2ZmZXI6..."
A_STORE = "{ stores(first: 1) { edges { node { id } } } }"
TWO = (
    "query ($a: String!, $b: String!) { a: customer(by: {phone: $a}) { id version } b: customer(by: {phone: $b}) { id version } "
    "by: customer(by: {phone: $a}) { identifiers { edges { node { identifier { id kind } } } } "
    "basket { version } offers(first: 1) { edges { node { id } } } } }"
)
PHONES = {"a": "090-1234-9007", "b": "090-1234-9010"}
# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), and the sources of that customer's touchpoints
SOURCES = """
MATCH (:Identifier {key: $p.number})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH DISTINCT c
RETURN COLLECT { MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) RETURN DISTINCT t.source }
"""


@dataclass(frozen=True, slots=True)
class Town:
    """The served demo town: its address, and the environment in which a reader's commands run."""

    root: str
    env: Mapping[str, str]
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    """Made by the command, once for each role."""

    def run(self, command: str) -> str:
        """Run what a reader types; return what it prints, and fail if it fails."""
        adapted = command.replace("127.0.0.1:8000", self.root.removeprefix("http://")).replace(".venv/bin/customer360", PROGRAM)
        done = subprocess.run(
            adapted, shell=True, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{command}{done.stdout}{done.stderr}"
        return done.stdout or done.stderr

    def post(self, path: str, role: str, body: Any, content_type: str = "application/json") -> Any:
        if role not in self.tokens:
            self.tokens[role] = self.run(f"customer360 token --role {role}").strip()
        headers = {"Authorization": f"Bearer {self.tokens[role]}", "Content-Type": content_type}
        answer = httpx2.post(self.root + path, content=json.dumps(body).encode(), headers=headers, timeout=60, trust_env=False)
        return answer.raise_for_status().json()


@pytest.fixture(scope="module")
def town(store: Store, neo4j_server: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, graph = tmp_path_factory.mktemp("pages"), graph_of(neo4j_server)
    path = os.pathsep.join([str(Path(PROGRAM).parent), os.environ["PATH"]])
    env = {**environment(DATA_FOLDER=str(folder / "data"), **graph), "PATH": path}
    with served(folder, graph, [PROGRAM, "demo", "--customers", "20"]) as demo:
        yield Town(demo.root, env)


def without_ids(text: str) -> str:
    """Return an answer with its random customer ids and its cost left out, as the pages print it."""
    text = re.sub(r'"cost":\{[^}]*\}', '"cost":"..."', text)
    return re.sub(r'"customerId":"[^"]+"', '"customerId":"..."', text).strip()


def shell(block: Block, town: Town) -> None:
    """Run a block of commands as it stands; what it prints is what the page shows next, if it does."""
    if block.page == "README.md" and block.text in SET_UP:
        return
    printed = without_ids(town.run(block.text))
    assert block.answer is None or printed == block.answer.strip()


def graphql(block: Block, town: Town) -> None:
    """Ask as a steward about two customers of the town; a mutation takes the variables that the page shows."""
    found = town.post("/graphql", "steward", {"query": TWO, "variables": PHONES})["data"]
    by = found.pop("by")
    held = [edge["node"]["identifier"] for edge in by["identifiers"]["edges"]]
    variables: Any = {name: customer["id"] for name, customer in found.items()}
    if block.answer is not None:
        variables = json.loads(block.answer)
        given = variables.get("input", {})
        if given.get("version") == OF_A_BASKET:
            given["version"] = by["basket"]["version"]
        if given.get("offerId") == OF_AN_OFFER:
            given["offerId"] = by["offers"]["edges"][0]["node"]["id"]
        if given.get("storeId") == OF_A_STORE:
            [edge] = town.post("/graphql", "steward", {"query": A_STORE})["data"]["stores"]["edges"]
            given["storeId"] = edge["node"]["id"]
        if "customerId" in given:
            assert given["customerId"] == PLACEHOLDER
            given["customerId"] = found["a"]["id"]
        elif "customer" in given:
            assert (given["customer"]["id"], given["contactPointId"]) == (PLACEHOLDER, OF_A_POINT)
            point = next(each["id"] for each in held if each["kind"] in ("EMAIL", "PHONE"))
            given |= {"customer": found["a"], "contactPointId": point}
        elif "customers" in given:
            assert [each["id"] for each in given["customers"]] == [PLACEHOLDER, PLACEHOLDER]
            given["customers"] = list(found.values())
    role = "call_center" if block.page == "docs/points.md" else "steward"
    answer = town.post("/graphql", role, {"query": block.text, "variables": variables})
    assert "errors" not in answer
    assert all(told.get("userErrors", []) == [] for told in answer["data"].values() if isinstance(told, dict))


def event(block: Block, town: Town) -> None:
    """Send an event; other JSON belongs to the block before it, which checks it."""
    told = json.loads(block.text)
    if "specversion" in told:
        [receipt] = town.post("/events", "admin", told, "application/cloudevents+json")["receipts"]
        assert receipt["error"] is None
        return
    assert block in [following for block, following in FOLLOWED if block.language in ("sh", "graphql")]


def settings_file(block: Block, town: Town) -> None:
    """Read YAML; what lists values is read as the program reads it."""
    read = yaml.safe_load(block.text)
    if "values" in read:
        assert read_listed_values(read)
    elif "fields" in read:
        assert read_declared(read).named
    elif "valid_days" in read:
        path = Path(town.env["DATA_FOLDER"]) / "points.yaml"
        path.write_text(block.text, "utf-8")
        programme = points_programme(Settings(points_file=path))
        assert programme is not None
        assert (len(programme.rules), len(programme.ranks)) == (len(read["rules"]), len(read["ranks"]))
    elif read.keys() & {"rules", "sorting", "targets"}:
        path = Path(town.env["DATA_FOLDER"]) / "case_rules.yaml"
        path.write_text(block.text, "utf-8")
        settings = Settings(case_rules_file=path)
        assert len(case_rules(settings)) - len(DEFAULT_RULES) == len(read.get("rules", ()))
        assert len(sorting_rules(settings)) == len(read.get("sorting", ()))
        calendars, targets = case_tables(settings)
        assert (len(calendars), len(targets or ())) == (len(read.get("calendars", ())), len(read.get("targets", ())))
    else:
        assert {"source", "events"} <= read.keys()


RUN: Mapping[str, Callable[[Block, Town], None]] = {"sh": shell, "graphql": graphql, "json": event, "yaml": settings_file}
BLOCKS = blocks()
FOLLOWED = [(block, following) for block, following in pairwise(BLOCKS) if block.answer == following.text]


async def test_every_block_of_the_pages_does_what_they_say(town: Town, store: Store) -> None:
    for block in BLOCKS:
        if block.page not in OF_APPS and block.language not in SHOWN_ONLY:
            assert block.language in RUN, f"{block}: neither run nor marked as `text`"
            RUN[block.language](block, town)
    # The shop's purchases, the web shop's and the call are one person's, as the README says of the page.
    [[sources]] = await store.read(SOURCES, {"number": "PHONE::+819012340001"})
    assert {"/example", "/ec", "/cti"} <= set(sources)


def test_every_command_in_the_text_is_one_of_the_program_with_the_options_that_it_names() -> None:
    inline = re.compile(r"`(?:\.venv/bin/)?customer360 ([^`]+)`")
    told = {command for page in PAGES for command in inline.findall(page.read_text("utf-8"))}
    assert len(told) > 5
    for command in told:
        words = [word for word in command.split() if not word.startswith("-") and word.islower()]
        names = words[:2] if words[:1] in (["neo4j"], ["identity"]) else words[:1]
        done = CliRunner().invoke(program(names), [*names, "--help"], env={"COLUMNS": "200"})
        assert done.exit_code == 0, command
        assert [option for option in re.findall(r"--[a-z-]+", command) if option not in done.stdout] == [], command
