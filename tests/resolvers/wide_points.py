"""Points beside the wide town: earned by orders of somebody with several records, given by staff, spent, and given back."""

from __future__ import annotations

from collections.abc import Mapping

from graph.commands.command import Answer, Author, Command, run
from graph.loyalty.adjusting import adjust
from graph.loyalty.following import follow_points
from graph.loyalty.programme import EarnRule
from graph.loyalty.programmes import use_programmes
from graph.loyalty.redeeming import redeem, reverse
from graph.store import Reader, Store
from tests.graph.loyalty.standings import programme

ORDERS = "MATCH (o:Order) RETURN o.id ORDER BY o.id"
MADE = "MATCH (n) WHERE n:LoyaltyAccount OR n:PointEntry RETURN n.id, labels(n)[0] ORDER BY n.id"


async def earn(store: Store, customer: str) -> Mapping[str, str]:
    """Have all orders earn, and this customer (raw id) get and spend points; return raw ids with their types."""
    done = 0

    async def do(command: Command) -> Answer:
        async def itself(answer: Answer, _: Reader) -> Answer:
            return answer

        return await run(store, command, itself)

    def author() -> Author:
        nonlocal done
        done += 1
        return Author("tests", "op-1", f"wide-points-{done}", "お詫び")

    use_programmes([programme(EarnRule("base", per=100, points=1), EarnRule("app", per=100, points=2, adds=True))])
    for (order,) in await store.read(ORDERS):
        await follow_points(store, order)
    await do(adjust(author(), customer, 500, None))
    [entry, *_] = (await do(redeem(author(), customer, 30, None)))["entries"]
    await do(reverse(author(), entry, 10))
    await do(adjust(author(), customer, -5, None))
    return dict(await store.read(MADE))
