"""The rules of the rooms: who imports what, where the environment, the driver and Cypher may stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "graph", "resolvers", "admin")
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc"}
LARGEST_MODULE, LARGEST_TABLE = 250, 500
"""Lines of a module, and of a test with its tables of cases."""
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|CREATE|CALL)\b[^a-z]*[({$:]")


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


EVERY_MODULE = [*modules(*ROOMS, "tests", "bench", "demo")]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def strings(path: Path) -> Iterator[str]:
    """Yield the string constants of a module that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_the_rooms_import_in_one_direction() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_store_and_what_translates_its_errors_import_the_driver() -> None:
    importers = {named(path) for path in modules(*ROOMS) if "neo4j" in imported(path)}
    assert importers == {"graph/store.py", "graph/driver_errors.py"}


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        named(path)
        for path in modules(*ROOMS)
        if re.search(r"\bos\.(environ|getenv)|\bBaseSettings\)|\bload_dotenv\b", path.read_text("utf-8"))
    ]
    assert readers == ["api/process/settings.py"]


def test_cypher_stands_in_the_graph_and_beside_the_fields_only() -> None:
    assert [named(path) for path in modules("api", "admin") if any(map(CYPHER.search, strings(path)))] == []


def outside_of_braces(text: str) -> str:
    """Return a fragment without what stands in its `{{ }}`: subqueries and the like, which are whole in themselves."""
    marked = text.replace("{{", "\x01").replace("}}", "\x02")
    inner = re.compile("\x01[^\x01\x02]*\x02")
    while inner.search(marked):
        marked = inner.sub("", marked)
    return marked


def test_beside_the_fields_stand_fragments_that_read_and_no_whole_statement() -> None:
    whole = re.compile(r"\b(RETURN|SET|MERGE|CREATE|DELETE)\b")
    found = [
        (named(path), text)
        for path in modules("resolvers")
        for text in strings(path)
        if CYPHER.search(text) and whole.search(outside_of_braces(text))
    ]
    assert found == []


def test_statements_are_constants_and_never_formatted() -> None:
    formatted = [
        f"{named(path)}:{node.lineno}"
        for path in modules("graph")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        and CYPHER.search("".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)))
    ]
    assert formatted == []


def test_the_demo_town_imports_nothing_of_ours() -> None:
    assert {named(path): imported(path) & set(ROOMS) for path in modules("demo") if imported(path) & set(ROOMS)} == {}


def test_a_module_is_short() -> None:
    sizes = {named(path): len(path.read_text("utf-8").splitlines()) for path in EVERY_MODULE}
    assert {name: size for name, size in sizes.items() if size > largest(name)} == {}


def largest(name: str) -> int:
    return LARGEST_TABLE if name.startswith("tests/") else LARGEST_MODULE


def test_a_module_is_named_for_what_it_is() -> None:
    assert [named(path) for path in EVERY_MODULE if FORBIDDEN_NAMES & {*path.relative_to(ROOT).with_suffix("").parts}] == []


def test_a_module_says_in_its_docstring_what_it_is_for() -> None:
    texts = {named(path): text for path in EVERY_MODULE if (text := path.read_text("utf-8")).strip()}
    assert [name for name, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []
