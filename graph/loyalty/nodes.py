"""Accounts in a unit of work: locked with the lots that have points, opened where they are new, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar, LiteralString

from graph.keys import opaque
from graph.loyalty.account_rows import entry_rows, lot_of, lot_rows, part_rows, taken_of
from graph.loyalty.ledger import Ledger
from graph.loyalty.lots import Lot, Taken
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:LoyaltyAccount)-[:HAS_LOT]->(:PointLot {account, remaining}): those that are empty are not walked
LOCK_ACCOUNTS: LiteralString = """
UNWIND $p.LoyaltyAccount AS id
MATCH (a:LoyaltyAccount {id: id})
REMOVE a.lock
WITH a
RETURN 'LoyaltyAccount' AS label, [a.id, a.debt, a.number, COLLECT {
  MATCH (l:PointLot) USING INDEX SEEK l:PointLot(account, remaining) WHERE l.account = a.id AND l.remaining > 0
  RETURN properties(l)
}] AS row
"""
# (:SourceRecord)-[:HAS_ACCOUNT]->(:LoyaltyAccount); of two who open one at once the second fails at the constraint
OPEN_ACCOUNTS: LiteralString = """
UNWIND $p.accounts_opened AS row
CREATE (a:LoyaltyAccount {id: row.id})
SET a.opened_at = $p.now
WITH a, row
MATCH (r:SourceRecord {key: row.record})
CREATE (r)-[:HAS_ACCOUNT]->(a)
"""
WRITE_ACCOUNTS: LiteralString = "UNWIND $p.loyalty_accounts AS row MATCH (a:LoyaltyAccount {id: row.id}) SET a += row.properties"
WRITE_LOTS: LiteralString = """
UNWIND $p.point_lots AS row
MATCH (a:LoyaltyAccount {id: row.account})
MERGE (l:PointLot {id: row.id})
SET l += row.properties
MERGE (a)-[:HAS_LOT]->(l)
"""
ADD_ENTRIES: LiteralString = """
UNWIND $p.point_entries AS row
MATCH (a:LoyaltyAccount {id: row.account})
CREATE (e:PointEntry {id: row.id})
SET e += row.properties
CREATE (a)-[:HAS_ENTRY]->(e)
"""
# (:PointEntry)-[:OF_LOT {points, place, back, undone}]->(:PointLot)
ADD_PARTS: LiteralString = """
UNWIND $p.point_parts AS row
MATCH (e:PointEntry {id: row.entry}) MATCH (l:PointLot {id: row.lot})
CREATE (e)-[o:OF_LOT]->(l)
SET o = row.told
"""
GIVE_BACK: LiteralString = """
UNWIND $p.rows AS row
MATCH (e:PointEntry {id: row.entry})-[o:OF_LOT]->(:PointLot {id: row.lot})
SET o.back = row.back, o.undone = row.undone
"""
GIVE_BACK_DEBT: LiteralString = """
UNWIND $p.rows AS row
MATCH (e:PointEntry {id: row.entry})
SET e.debt_back = row.back, e.debt_undone = row.undone
"""
# (:PointEntry)-[:OF_LOT]->(:PointLot), (:PointLot {order_id}): what an order granted, and what was redeemed for it
READ_ORDER: LiteralString = """
RETURN COLLECT { MATCH (l:PointLot {order_id: $p.order}) RETURN properties(l) }, COLLECT {
  MATCH (e:PointEntry {order_id: $p.order}) WHERE e.kind = 'REDEEM'
  RETURN [properties(e), COLLECT { MATCH (e)-[o:OF_LOT]->(l:PointLot) RETURN [properties(o), properties(l)] }]
}
"""
READ_REDEMPTION: LiteralString = """
RETURN [], COLLECT {
  MATCH (e:PointEntry {redemption: $p.redemption}) WHERE e.kind = 'REDEEM'
  RETURN [properties(e), COLLECT { MATCH (e)-[o:OF_LOT]->(l:PointLot) RETURN [properties(o), properties(l)] }]
}
"""
# (:LoyaltyAccount)<-[:HAS_ACCOUNT]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
READ_CUSTOMERS: LiteralString = """
UNWIND $p.rows AS row
CALL (row) {
  MATCH (:LoyaltyAccount {id: row.id})<-[:HAS_ACCOUNT]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c
UNION
  MATCH (:SourceRecord {key: row.record})-[:RESOLVES_TO]->(c:Customer) RETURN c
}
RETURN row.id, c.id
"""


def account_id(record: str) -> str:
    """Return the id of the account of a source record, by its key."""
    return opaque("LoyaltyAccount", record)


class Accounts(Nodes):
    """The accounts of a unit by id, as ledgers; `open` is for a record that may have none yet."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"LoyaltyAccount": LOCK_ACCOUNTS}
    WRITES = (OPEN_ACCOUNTS, WRITE_ACCOUNTS, WRITE_LOTS, ADD_ENTRIES, ADD_PARTS)

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.ledgers: dict[str, Ledger] = {}
        self.taken: list[Taken] = []
        self._opened: dict[str, str] = {}
        self._known: dict[str, Lot] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        own_id, debt, number, lots = row
        self.ledgers[own_id] = Ledger(own_id, debt, number)
        for told in lots:
            self._take_in_lot(own_id, told)

    async def lock(self, ids: Iterable[str]) -> list[Ledger]:
        """Lock those of these accounts that there are and return them, settled until now."""
        wanted = sorted(set(ids))
        self.unit.want("LoyaltyAccount", wanted)
        await self.unit.lock()
        found = [self.ledgers[each] for each in wanted if each in self.ledgers]
        for ledger in found:
            ledger.settle(self.unit.now)
        return found

    async def open(self, record: str) -> Ledger:
        """Return the account of a source record, a new one where it has none; it is written once something is posted on it."""
        own_id = account_id(record)
        if not await self.lock([own_id]):
            self.ledgers[own_id] = Ledger(own_id)
            self._opened[own_id] = record
        return self.ledgers[own_id]

    async def load_order(self, order: str) -> None:
        """Take in what was granted and redeemed for an order on accounts that are locked."""
        await self._load(READ_ORDER, {"order": order})

    async def load_redemption(self, redemption: str) -> None:
        await self._load(READ_REDEMPTION, {"redemption": redemption})

    async def note(self) -> None:
        """Note which accounts have changed, and whose they are; last of all that a unit does."""
        changed = sorted(ledger.id for ledger in self.ledgers.values() if ledger.posted)
        asked = [{"id": own_id, "record": self._opened.get(own_id, "")} for own_id in changed]
        whose = dict(await self.unit.transaction.run(READ_CUSTOMERS, {"rows": asked})) if changed else {}
        for own_id in changed:
            refs = (f"LoyaltyAccount:{own_id}", *([f"Customer:{whose[own_id]}"] if own_id in whose else []))
            self.unit.note(Change(refs[0], "points.changed", refs, ("entries",)))

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        changed = [ledger for ledger in self.ledgers.values() if ledger.posted]
        return {
            "accounts_opened": [{"id": each.id, "record": self._opened[each.id]} for each in changed if each.id in self._opened],
            "loyalty_accounts": [
                {"id": each.id, "properties": {"debt": each.debt, "number": each.number, "due": each.due}} for each in changed
            ],
            "point_lots": [row for each in changed for row in lot_rows(each, self._known)],
            "point_entries": [row for each in changed for row in entry_rows(each)],
            "point_parts": [row for each in changed for row in part_rows(each)],
        }

    def after(self) -> Iterable[Step]:
        rows = [
            {"entry": each.entry, "lot": each.lot, "back": each.back, "undone": each.undone} for each in self.taken if each.back
        ]
        if lots := [row for row in rows if row["lot"]]:
            yield GIVE_BACK, {"rows": lots}
        if debts := [row for row in rows if not row["lot"]]:
            yield GIVE_BACK_DEBT, {"rows": debts}

    async def _load(self, statement: LiteralString, asked: Mapping[str, Any]) -> None:
        [[lots, entries]] = await self.unit.transaction.run(statement, asked)
        told: Sequence[Any] = [*lots, *(lot for _, parts in entries for _, lot in parts)]
        for lot in told:
            if lot["account"] in self.ledgers and lot["id"] not in self._known:
                self._take_in_lot(lot["account"], lot)
        for entry, parts in entries:
            self.taken += taken_of(entry, [{**part, "lot": lot["id"]} for part, lot in parts])

    def _take_in_lot(self, account: str, told: Mapping[str, Any]) -> None:
        lot = lot_of(told)
        self.ledgers[account].lots[lot.id] = lot
        self._known[lot.id] = copy(lot)
