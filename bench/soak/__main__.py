"""`make soak`: ask twice as much as the server can do for half an hour, print what came of it, write build/soak.json."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from admin.parts.purpose import COOKIE
from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from api.process.settings import Settings
from bench import customers
from bench.inboxes import sign_in
from bench.loaded import CUSTOMERS, load, settings_of
from bench.servers import free_port, product
from bench.soak.load import Door
from bench.soak.story import Soaked, soak
from graph.local import LocalServer
from graph.store import Store

MINUTES = 30
MEASURED_SECONDS, MOST_RECOVERY_SECONDS = 20.0, 120.0
RECOVERY_TARGET, GROWTH_TARGET = 10.0, 0.10
RESULT = Path("build/soak.json")


async def run(folder: Path, server: LocalServer, seconds: float, count: int = CUSTOMERS, *, planned: bool = True) -> Soaked:
    """Load so many customers, serve them, and soak for so long; `planned` waits until no statement has to be planned any more."""
    store = await Store.open(server.uri, server.user, server.password)
    try:
        ids = await load(store, count)
        phones = [customers.phone(number) for number in range(count)]
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with product(address, settings_of(server, port, folder), planned=planned) as pid:
            token = Tokens(local_key(folder, "tokens")).issue("admin")
            door = Door(address, token, f"customer360_session={await sign_in(store)}; {COOKIE}=benchmark")
            times = {"measured": MEASURED_SECONDS, "seconds": seconds, "most": MOST_RECOVERY_SECONDS}
            return await soak(door, store, pid, ids, phones, **times)
    finally:
        await store.close()


def kept(soaked: Soaked) -> dict[str, bool]:
    """Tell of each promise whether it was kept."""
    return {
        "no status but 200, 429 and 503": not soaked.tally.wrong,
        "nothing acknowledged is missing": soaked.missing == 0,
        f"memory grows by at most {GROWTH_TARGET:.0%}": soaked.growth <= GROWTH_TARGET,
        f"as quick as before within {RECOVERY_TARGET:.0f} s": soaked.recovery <= RECOVERY_TARGET,
    }


def rows(soaked: Soaked) -> list[tuple[str, str]]:
    """Return what came of it, as lines of a table."""
    spent = sorted(second for seconds in soaked.tally.seconds.values() for second in seconds)
    return [
        ("capacity, requests a second", f"{soaked.capacity:,.0f}"),
        ("offered, requests a second", f"{soaked.offered:,.0f}"),
        ("for minutes", f"{soaked.seconds / 60:,.1f}"),
        *((f"{kind}: {status or 'cut'}", f"{count:,}") for (kind, status), count in sorted(soaked.tally.statuses.items())),
        ("let go by the client", f"{soaked.tally.let_go:,}"),
        ("median, 95th percentile of 200, seconds", f"{statistics.median(spent):.2f}, {spent[int(len(spent) * 0.95)]:.2f}"),
        ("events acknowledged", f"{len(soaked.tally.acknowledged):,}"),
        ("of these missing", f"{soaked.missing:,}"),
        ("memory, megabytes: first, most, last", f"{soaked.memory[0]:.0f}, {max(soaked.memory):.0f}, {soaked.memory[-1]:.0f}"),
        ("growth after the warm-up", f"{soaked.growth:.1%}"),
        ("median look-up before, milliseconds", f"{soaked.quiet * 1000:.1f}"),
        ("as quick as that after seconds", f"{soaked.recovery:.1f}"),
    ]


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    with tempfile.TemporaryDirectory() as folder:

        async def story() -> Soaked:
            server = await LocalServer.start(Path(folder), Settings().cache_folder)
            try:
                return await run(Path(folder), server, minutes * 60)
            finally:
                server.stop(at_once=True)

        soaked = asyncio.run(story())
    table = Table("soak", "")
    for row in rows(soaked):
        table.add_row(*row)
    Console(width=110).print(table)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_bytes(orjson.dumps({"rows": dict(rows(soaked)), "kept": kept(soaked)}, option=orjson.OPT_INDENT_2))
    if broken := [promise for promise, held in kept(soaked).items() if not held]:
        raise SystemExit(f"Not kept: {'; '.join(broken)}.")


if __name__ == "__main__":
    main()
