"""A case as it is replayed: its steps one after the other against a running server, each with what it was answered."""

from __future__ import annotations

import re
import subprocess
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import orjson

from api.commands.file_import import FileImport, import_files
from api.commands.import_progress import Lines
from api.process.local_keys import local_key
from graph.errors import InvalidInput
from graph.identity.blocking import NOTHING_LISTED
from graph.resolution.attribution_steps import attribute_all
from tests.running import Running
from tests.searchable import until_searchable
from tests.served import PROGRAM, environment

LISTED: list[dict[str, Any]] = orjson.loads(Path(__file__).with_name("cases.json").read_bytes())
CASES = {case["id"]: case for case in LISTED}
PLACE = re.compile(r"\{\{step(\d+):(?:answer\.|body>)([^}]+)\}\}")
LOOK_UP = """query($q: String!) {
  customerLookup(input: {query: $q, first: 25}) { customer { id name } reasons { kind } }
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step was answered: `status` of HTTP or exit code of a command, and `body`, from JSON where it is that.

    Of an import `outcomes` are counted, `rejects` as they are listed, and `body` says why it was refused as a whole.
    """

    status: int
    body: Any = None
    outcomes: Mapping[str, int] = field(default_factory=dict[str, int])
    rejects: Sequence[Mapping[str, Any]] = ()


@dataclass(slots=True)
class Replay:
    """A case after its last step, and the server on which it is asked what came of it."""

    server: Running
    folder: Path
    steps: Sequence[Mapping[str, Any]]
    answers: list[Answer] = field(default_factory=list[Answer])

    async def run(self) -> Replay:
        for step in self.steps:
            self.answers.append(await self._answer(filled(step, self.answers, self.server.address)))
        return self

    @property
    def statuses(self) -> list[int]:
        return [answer.status for answer in self.answers]

    @property
    def receipts(self) -> list[dict[str, Any]]:
        """The receipts of all single events, in order."""
        return [answer.body["receipts"][0] for _, answer in self.of("event")]

    @property
    def rules(self) -> list[str | None]:
        """By which rule each contact that came by its identifiers landed; None for one that was refused."""
        told = (step["body"]["type"] for step, _ in self.of("event"))
        decided = ((receipt["decision"] or {}).get("rule") for receipt in self.receipts)
        return [rule for kind, rule in zip(told, decided, strict=True) if "interaction" in kind]

    def of(self, kind: str) -> Iterator[tuple[Mapping[str, Any], Answer]]:
        """Yield the steps of a kind with their answers."""
        return ((step, answer) for step, answer in zip(self.steps, self.answers, strict=True) if step["op"] == kind)

    def data(self, name: str) -> list[Any]:
        """Return what a root field of GraphQL was answered, each time it was asked for."""
        bodies = [answer.body for _, answer in self.of("graphql")]
        assert [body["errors"] for body in bodies if "errors" in body] == []
        return [body["data"][name] for body in bodies if name in body["data"]]

    def missed(self) -> list[str]:
        """Return what was typed without finding the person who was told last before."""
        missed, told = list[str](), None
        for step, answer in zip(self.steps, self.answers, strict=True):
            if step["op"] == "event" and "person" in step["body"]["type"]:
                told = answer.body["receipts"][0]["customerId"]
            elif step["op"] == "graphql" and "customerLookup" in step["query"]:
                assert told is not None
                found = [each["customer"]["id"] for each in answer.body["data"]["customerLookup"]]
                missed += [] if told in found else [step["variables"]["q"]]
        return missed

    async def offered(self, typed: str) -> dict[str, dict[str, Any]]:
        """Return whom the look-up offers now, by id, the best first."""
        await until_searchable(self.server.store)
        body = await self.server.ask(LOOK_UP, q=typed)
        return {each["customer"]["id"]: each for each in body["data"]["customerLookup"]}

    async def _answer(self, step: Mapping[str, Any]) -> Answer:
        if step["op"] == "import":
            return await self._import(step["mapping"], step["files"])
        if step["op"] == "command":
            return await self._command(step["argv"])
        if step["op"] == "event":
            told = {"Content-Type": "application/cloudevents+json"}
            return await self._send("POST", "/events", orjson.dumps(step["body"]), "admin", told)
        await until_searchable(self.server.store)
        if step["op"] == "graphql":
            document = {"query": step["query"], "variables": step.get("variables", {})}
            return await self._send(
                "POST", "/graphql", orjson.dumps(document), step["role"], {"Content-Type": "application/json"}
            )
        body = b64decode(step["body_base64"]) if "body_base64" in step else step.get("body", "").encode()
        return await self._send(step["method"], step["path"], body, step.get("role"), step.get("headers", {}))

    async def _send(self, method: str, path: str, body: bytes, role: str | None, headers: Mapping[str, str]) -> Answer:
        signed = {"Accept-Language": "en", **(self.server.bearer(role) if role else {}), **headers}
        answer = await self.server.client.request(method, path, content=body, headers=signed)
        is_json = "json" in answer.headers.get("content-type", "")
        return Answer(answer.status_code, answer.json() if is_json else answer.text)

    async def _import(self, mapping: str, files: Mapping[str, Mapping[str, str]]) -> Answer:
        folder = self.folder / f"import-{len(self.answers)}"
        (folder / "files").mkdir(parents=True)
        (folder / "mapping.yaml").write_text(mapping, "utf-8")
        for name, content in files.items():
            given = b64decode(content["base64"]) if "base64" in content else content["text"].encode()
            (folder / "files" / name).write_bytes(given)
        job = FileImport(
            mapping=folder / "mapping.yaml",
            paths=[folder / "files"],
            graph="cases",
            folder=folder / "imports",
            rejects=folder / "rejects.jsonl",
            digest_key=local_key(self.folder.parent, "digests"),
            listed=NOTHING_LISTED,
        )
        try:
            outcomes = await import_files(self.server.store, job, Lines())
        except InvalidInput as problem:
            return Answer(1, problem.message)
        await attribute_all(self.server.store)
        rejects = [orjson.loads(line) for line in job.rejects.read_bytes().splitlines()] if job.rejects.exists() else []
        return Answer(3 if rejects else 0, None, Counter(outcomes), rejects)

    async def _command(self, argv: Sequence[str]) -> Answer:
        done = await anyio.run_process(
            [PROGRAM, *argv[1:]], env=environment(DATA_FOLDER=str(self.folder.parent)), stderr=subprocess.STDOUT, check=False
        )
        return Answer(done.returncode, done.stdout.decode())


def filled(step: Any, answers: Sequence[Answer], address: str) -> Any:
    """Return a step with the values of earlier answers in their places; a text that is one place becomes the value itself."""
    if isinstance(step, dict):
        return {name: filled(value, answers, address) for name, value in step.items()}
    if isinstance(step, list):
        return [filled(value, answers, address) for value in step]
    if not isinstance(step, str):
        return step
    if place := PLACE.fullmatch(step):
        return value_at(answers[int(place[1])].body, place[2])
    return step.replace("{{address}}", address)


def value_at(body: Any, path: str) -> Any:
    """Return the value at a dotted path: `receipts.0.customerId`."""
    for name in path.split("."):
        body = body[int(name)] if isinstance(body, list) else body[name]
    return body
