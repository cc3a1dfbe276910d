"""`customer360 identity rebuild` says in counts what it changed, and leaves no trace of itself when it is through."""

from __future__ import annotations

from pathlib import Path

from api.commands.identity import report, run_rebuild
from api.process.identity_files import blocked_values
from api.process.settings import Settings
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from tests.conftest import wipe


def person(subject: str) -> dict[str, object]:
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "time": "2026-04-01T10:00:00Z"}
    phone = {"kind": "PHONE", "value": "090-1000-4140"}
    return {**envelope, "id": subject, "subject": subject, "data": {"name": {"full": "試験 太郎"}, "identifiers": [phone]}}


async def test_a_number_on_the_list_of_the_settings_parts_whom_it_joined(store: Store, tmp_path: Path) -> None:
    await wipe(store)
    await record(store, [read_event(person(subject), b"key") for subject in ("u1", "u2")])
    blocked = tmp_path / "blocked.yaml"
    blocked.write_text('values: {PHONE: ["090-1000-4140"]}', "utf-8")
    settings = Settings(_env_file=None, data_folder=tmp_path, blocked_values_file=blocked)  # pyright: ignore[reportCallIssue]
    listed = blocked_values(settings)
    dry = report(await run_rebuild(store, settings, listed, dry_run=True), dry_run=True)
    assert await store.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN count(c)") == [[1]]
    told = report(await run_rebuild(store, settings, listed, dry_run=False), dry_run=False)
    assert await store.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN count(c)") == [[2]]
    assert told[1:] == [
        "Customers: 0 are joined to others, 1 are parted from others.",
        "Source records: 1 are moved. Contacts of nobody named: 0 are moved.",
        "  1 records by SEPARATED",
        "  1 identifiers are BLOCKED now",
    ]
    assert dry[1] == "Customers: 0 would be joined to others, 1 would be parted from others."
    assert list((tmp_path / "rebuilds").iterdir()) == []
