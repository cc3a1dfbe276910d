"""Stock in a unit of work: levels locked with what has run out on them, moved by entries, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, ClassVar, LiteralString

from graph.keys import incoming_id, level_id, product_id, store_id
from graph.stock import writes
from graph.stock.entries import ARRIVING, COUNT, Entry
from graph.stock.holding import EXPIRED, HELD, Reservation
from graph.stock.level import Incoming
from graph.stock.stored import StoredLevel, entry_of, entry_row, incoming_row, level_of
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit


class Stock(Nodes):
    """The levels of a unit by id with what moves them; `now` is the database's clock, ms since 1970, once a level is locked."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {
        "InventoryLevel": writes.LOCK_LEVELS,
        "IncomingStock": writes.LOCK_INCOMING,
        "StockEntry": writes.LOCK_ENTRIES,
        "Reservation": writes.LOCK_RESERVATIONS,
    }
    WRITES = (writes.WRITE_LEVELS, writes.WRITE_ENTRIES, writes.WRITE_RESERVATIONS)

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.now = 0
        self.levels: dict[str, StoredLevel] = {}
        self.entries: dict[str, Entry] = {}
        self.reservations: dict[str, Reservation] = {}
        self._incoming: dict[str, Incoming] = {}
        self._later: dict[str, list[Entry]] = {}
        self._entry_rows: dict[str, dict[str, Any]] = {}
        self._dropped: list[str] = []
        self._incoming_rows: dict[str, dict[str, Any]] = {}
        self._changed: dict[str, Reservation] = {}

    def want_level(self, sku: str, store: str) -> str:
        """Want the level of a product at a store, made where it is not there yet, and return its id."""
        own_id = level_id(sku, store)
        self.unit.want("InventoryLevel", (own_id,), lambda key: {"id": key, "sku": sku, "store": store})
        return own_id

    def want_entry(self, sku: str, store: str, entry: Entry) -> None:
        """Want all that `take` needs for an entry."""
        level = self.want_level(sku, store)
        asked = {"level": level, "stamp": entry.stamp, "counts": entry.kind == COUNT}
        self.unit.want("StockEntry", (entry.id,), lambda key: {"id": key, **asked})
        if entry.reference is not None and entry.kind in ARRIVING:
            self.unit.want("IncomingStock", (incoming_id(level, entry.reference),))

    def take_in(self, label: Label, row: list[Any]) -> None:
        if label == "InventoryLevel":
            own_id, properties, ran_out, self.now = row
            self.levels[own_id] = level_of(properties)
            for told in ran_out:
                self.let_go(Reservation(**told), EXPIRED)
        elif label == "IncomingStock":
            self._incoming[row[0]] = Incoming(**row[1])
        elif label == "StockEntry":
            own_id, told, later = row
            self._later[own_id] = [entry_of(each) for each in later]
            if told:
                self.entries[own_id] = entry_of(told)
        elif row[0] not in self._changed:
            self.reservations[row[0]] = Reservation(**row[1])

    def take(self, sku: str, store: str, entry: Entry, told: Mapping[str, Any]) -> bool:
        """Have an entry move its level; False for one that did before. `told` are further properties that it keeps."""
        if entry.id in self.entries:
            return False
        level = self.levels[own_id := level_id(sku, store)]
        now = [self.entries[key] for key, row in self._entry_rows.items() if row["level"] == own_id]
        later = [*self._later[entry.id], *(each for each in now if each.stamp > entry.stamp)]
        found = level.take(entry, later, self._arriving(own_id, entry))
        if entry.reference is not None and (key := incoming_id(own_id, entry.reference)) in self._incoming:
            row = incoming_row(level, entry.reference, self._incoming[key])
            self._incoming_rows[key] = {"id": key, "level": own_id, "properties": row}
        counted = {} if found is None else {"difference": found, "book": entry.quantity - found}
        self._put(own_id, entry, {**told, **counted})
        return True

    def revise(self, level: str, before: Entry | None, after: Entry | None, told: Mapping[str, Any]) -> None:
        """Have an entry that follows something else be as that is by now; `before` was read under the level's lock."""
        self.levels[level].revise(before, after)
        if after is not None:
            self._put(level, after, told)
        elif before is not None:
            self._dropped.append(before.id)
            self._note(level)

    def hold(self, reservation: Reservation) -> None:
        """Have pieces held, for the first time or again."""
        self.levels[reservation.level].reserved += reservation.quantity
        reservation.state = HELD
        self.change(reservation)

    def let_go(self, reservation: Reservation, state: str) -> None:
        """Give the pieces of one that holds some back to everybody, or to the order that takes them over."""
        self.levels[reservation.level].reserved -= reservation.quantity
        reservation.state = state
        self.change(reservation)

    def change(self, reservation: Reservation) -> None:
        """Have a reservation written as it is now."""
        self.reservations[reservation.id] = self._changed[reservation.id] = reservation
        self._note(reservation.level)

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        changed = {own_id: level.properties() for own_id, level in self.levels.items() if level.changed}
        return {
            "stock_levels": [{"id": own_id, "properties": properties} for own_id, properties in changed.items()],
            "stock_entries": list(self._entry_rows.values()),
            "reservations": [_reservation_row(each, self.levels) for each in self._changed.values()],
        }

    def after(self) -> Iterable[Step]:
        if new := [_link(own_id, level) for own_id, level in self.levels.items() if level.is_new]:
            yield writes.LINK_LEVELS, {"rows": new}
        if self._dropped:
            yield writes.DROP_ENTRIES, {"ids": self._dropped}
        if self._incoming_rows:
            yield writes.WRITE_INCOMING, {"rows": list(self._incoming_rows.values())}

    def _arriving(self, own_id: str, entry: Entry) -> Incoming | None:
        if entry.reference is None or entry.kind not in ARRIVING:
            return None
        return self._incoming.setdefault(incoming_id(own_id, entry.reference), Incoming())

    def _put(self, level: str, entry: Entry, told: Mapping[str, Any]) -> None:
        self.entries[entry.id] = entry
        self._entry_rows[entry.id] = entry_row(level, self.levels[level], entry, told)
        self._note(level)

    def _note(self, level: str) -> None:
        of = self.levels[level]
        refs = (f"InventoryLevel:{level}", f"Product:{product_id(of.sku)}", f"Store:{store_id(of.store)}")
        self.unit.note(Change(refs[0], "stock.changed", refs))


def _link(own_id: str, level: StoredLevel) -> dict[str, Any]:
    return {
        "id": own_id, "sku": level.sku, "product": product_id(level.sku), "code": level.store, "store": store_id(level.store),
    }  # fmt: skip


def _reservation_row(reservation: Reservation, levels: Mapping[str, StoredLevel]) -> dict[str, Any]:
    of = levels[reservation.level]
    held = {"held_until": reservation.until if reservation.state == HELD else None}
    place = {"sku": of.sku, "store_code": of.store}
    return {"id": reservation.id, "level": reservation.level, "properties": {**asdict(reservation), **held, **place}}
