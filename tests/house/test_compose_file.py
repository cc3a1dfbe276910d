"""The compose file says what the Compose specification knows, and keeps its promises on passwords and ports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"


def validated(path: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("check-jsonschema")
    command = [program, "--builtin-schema", "vendor.compose-spec", path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]


def test_the_compose_file_is_valid() -> None:
    done = validated(COMPOSE)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["neo4j", "app"])
def test_what_goes_on_running_takes_so_much_memory_and_so_many_processes_at_most(services: dict[str, Any], name: str) -> None:
    assert services[name]["mem_limit"][-1] in "mg"
    assert 0 < services[name]["pids_limit"] <= 1024


@pytest.mark.parametrize(
    ("right", "wrong"), [("healthcheck:", "healthchek:"), ("volumes:", "volume:"), ("read_only:", "readonly:")]
)
def test_a_misspelt_key_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    text = COMPOSE.read_text("utf-8")
    assert right in text
    misspelt = tmp_path / "docker-compose.yml"
    misspelt.write_text(text.replace(right, wrong, 1))
    assert validated(misspelt).returncode == 1


def test_ports_are_published_on_loopback_only(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_there_is_no_default_password(services: dict[str, Any]) -> None:
    passwords = [
        services["neo4j"]["environment"]["NEO4J_AUTH"],
        *(services[name]["environment"]["NEO4J_PASSWORD"] for name in ("migrate", "app")),
    ]
    assert all("${NEO4J_PASSWORD:?" in password for password in passwords)


def test_what_serves_is_healthy_only_when_it_answers_and_keeps_its_data(services: dict[str, Any]) -> None:
    assert services["neo4j"]["image"] == "neo4j:2026-community"
    for name in ("neo4j", "app"):
        assert services[name]["healthcheck"]["test"]
        assert services[name]["volumes"]


def test_its_neo4j_has_the_settings_that_the_local_one_has(services: dict[str, Any]) -> None:
    environment = services["neo4j"]["environment"]
    assert environment["NEO4J_db_query_default__language"] == "CYPHER_25"
    assert environment["NEO4J_dbms_cypher_min__replan__interval"] == "1h"
