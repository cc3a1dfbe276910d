"""Threads in a unit of work: locked with all their parts, decided about in memory, and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.threads.rules import Part, Thread, Tie
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Unit

# (:ThreadKey): what interactions may have in common; who brings the first or the last with it waits here
LOCK_KEYS: LiteralString = """
UNWIND $p.ThreadKey AS key
MERGE (k:ThreadKey {key: key})
REMOVE k.lock
WITH key, k
RETURN 'ThreadKey' AS label, [key, k.key IS NOT NULL] AS row
"""
# (:Thread)<-[:IN_THREAD]-(:Touchpoint)-[:TIES_BY]->(:ThreadKey), (:Touchpoint)-[:TIED_TO]->(:Touchpoint)
LOCK_THREADS: LiteralString = """
UNWIND $p.Thread AS id
MATCH (h:Thread {id: id})
REMOVE h.lock
WITH id, h
RETURN 'Thread' AS label, [id, h.version, COLLECT {
  MATCH (h)<-[i:IN_THREAD]-(t:Touchpoint)
  RETURN [t.id, t.position, i.rule, COALESCE(t.apart, false), [(t)-[:TIED_TO]->(o:Touchpoint) | o.id][0],
    [(t)-[e:TIES_BY]->(:ThreadKey) | [e.key, e.rule]]]
}] AS row
"""
DROP_TIES: LiteralString = "UNWIND $p.thread_untied AS row MATCH (t:Touchpoint {id: row.id})-[e:TIES_BY]->(:ThreadKey) DELETE e"
# (:Touchpoint)-[:TIES_BY {key, rule, position}]->(:ThreadKey), sought by (key, position)
WRITE_TIES: LiteralString = """
UNWIND $p.thread_ties AS row
MATCH (t:Touchpoint {id: row.id})
MERGE (k:ThreadKey {key: row.key})
CREATE (t)-[:TIES_BY {key: row.key, rule: row.rule, position: row.position}]->(k)
"""
# (:Touchpoint)-[:TIED_TO {at, actor, reason}]->(:Touchpoint)
# (:Touchpoint {apart})-[:UNTIED_FROM {at, actor, reason}]->(:Touchpoint)
WRITE_WORDS: LiteralString = """
UNWIND $p.thread_words AS row
MATCH (t:Touchpoint {id: row.id})
SET t.apart = row.apart
WITH t, row
OPTIONAL MATCH (t)-[old:TIED_TO|UNTIED_FROM]->()
WITH t, row, COLLECT(old) AS olds
WITH t, row, olds, COALESCE(row.word, properties(HEAD(olds))) AS said
FOREACH (old IN olds | DELETE old)
WITH t, row, said
MATCH (o:Touchpoint {id: row.to})
FOREACH (_ IN CASE WHEN row.tied THEN [1] ELSE [] END | CREATE (t)-[word:TIED_TO]->(o) SET word = said)
FOREACH (_ IN CASE WHEN row.tied THEN [] ELSE [1] END | CREATE (t)-[word:UNTIED_FROM]->(o) SET word = said)
"""
WRITE_THREADS: LiteralString = "UNWIND $p.threads AS row MERGE (h:Thread {id: row.id}) SET h.version = row.version"
# (:Touchpoint {threaded})-[:IN_THREAD {rule, at}]->(:Thread)
PUT_PARTS: LiteralString = """
UNWIND $p.thread_parts AS row
MATCH (t:Touchpoint {id: row.id})
OPTIONAL MATCH (t)-[old:IN_THREAD]->(:Thread)
DELETE old
WITH DISTINCT t, row
SET t.threaded = CASE WHEN row.thread IS NULL THEN null ELSE true END
WITH t, row WHERE row.thread IS NOT NULL
MATCH (h:Thread {id: row.thread})
CREATE (t)-[:IN_THREAD {rule: row.rule, at: $p.now}]->(h)
"""
DELETE_THREADS: LiteralString = "UNWIND $p.threads_gone AS row MATCH (h:Thread {id: row.id}) DETACH DELETE h"
DELETE_KEYS: LiteralString = """
UNWIND $p.thread_keys_left AS row
MATCH (k:ThreadKey {key: row.key}) WHERE NOT EXISTS { (k)<-[:TIES_BY]-() }
DELETE k
"""
# (:Identifier {threads_after}): one that ties by topic and order now, or no more; its interactions follow in steps
MARK_IDENTIFIERS: LiteralString = """
UNWIND $p.threads_after AS row
MATCH (i:Identifier {key: row.key})
SET i.threads_after = row.after
"""


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of an interaction: that it is `tied` to another, or else untied from the thread of another.

    `to` is the id of that one, None where a word is taken back; `properties` are who says it, when and why.
    """

    to: str | None
    tied: bool
    properties: Mapping[str, Any]


class Threads(Nodes):
    """Threads by id as loaded, and their parts as loaded and as they are now; None is one that is deleted."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"ThreadKey": LOCK_KEYS, "Thread": LOCK_THREADS}
    WRITES = (
        DROP_TIES, WRITE_TIES, WRITE_WORDS, WRITE_THREADS, PUT_PARTS, DELETE_THREADS, DELETE_KEYS, MARK_IDENTIFIERS,
    )  # fmt: skip

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.versions: dict[str, int] = {}
        self.were: dict[str, Part] = {}
        self.was_in: dict[str, tuple[str, str]] = {}
        """Id of an interaction -> its thread and rule, as loaded."""
        self.parts: dict[str, Part | None] = {}
        self.asked: set[str] = set()
        """Keys that were locked, and made where they were new."""
        self.now: list[Thread] = []
        self.words: dict[str, Word] = {}
        self.customers: dict[str, str] = {}
        """Id of an interaction -> that of its customer, as far as known."""
        self.identifiers: dict[str, str | None] = {}
        """Keys of identifiers whose interactions follow in steps -> after which id; None when all have."""

    def take_in(self, label: Label, row: list[Any]) -> None:
        # Whoever deleted one had it locked when this was wanted: the key is made again, a thread is looked for elsewhere.
        if label == "ThreadKey":
            if not row[1]:
                self.unit.look_again(label, row[:1])
            return
        if row[1] is None:
            return
        own_id, self.versions[row[0]], parts = row
        for part_id, position, rule, apart, joined, ties in parts:
            part = Part(part_id, position, frozenset(Tie(*tie) for tie in ties), joined, apart)
            self.was_in[part_id] = (own_id, rule)
            self.were[part_id] = part
            self.parts.setdefault(part_id, part)

    def left(self, own_id: str) -> list[Part]:
        """Return the parts that a loaded thread had and that are still there."""
        return [part for each, (thread, _) in self.was_in.items() if thread == own_id and (part := self.parts[each])]

    def conclude(self, now: list[Thread]) -> None:
        """Be these threads, and note those whose parts changed and that are, or were, of several interactions."""
        self.now = now
        before = self._members()
        for thread in now:
            ids = frozenset(part.id for part in thread.parts)
            former = {self.was_in[each][0] for each in ids if each in self.was_in}
            if before.get(thread.id) != ids and (len(ids) > 1 or any(len(before[each]) > 1 for each in former)):
                self._note(thread.id, sorted(ids ^ before.get(thread.id, frozenset())))
        for own_id in before.keys() - {thread.id for thread in now}:
            if len(before[own_id]) > 1:
                self._note(own_id, sorted(before[own_id]))

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        changed = [part for each, part in self.parts.items() if part is not None and part != self.were.get(each)]
        gone = [each for each, part in self.parts.items() if part is None]
        known = [part.id for part in changed if part.id in self.were]
        lost = {tie.key for each in (*gone, *known) if each in self.were for tie in self.were[each].ties}
        return {
            "thread_untied": [{"id": each} for each in sorted([*gone, *known])],
            "thread_ties": [
                {"id": part.id, "position": part.position, "key": tie.key, "rule": tie.rule}
                for part in changed
                for tie in sorted(part.ties, key=lambda tie: tie.key)
            ],
            "thread_words": self._said(),
            "threads": self._threads(),
            "thread_parts": self._placed(),
            "threads_gone": [{"id": each} for each in sorted(self._gone())],
            "thread_keys_left": [
                {"key": each} for each in sorted((self.asked | lost) - {tie.key for part in changed for tie in part.ties})
            ],
            "threads_after": [{"key": key, "after": after} for key, after in sorted(self.identifiers.items())],
        }

    def _gone(self) -> set[str]:
        return self.versions.keys() - {thread.id for thread in self.now} if self.parts else set()

    def _members(self) -> dict[str, frozenset[str]]:
        members: dict[str, set[str]] = {own_id: set() for own_id in self.versions}
        for own_id, (thread, _) in self.was_in.items():
            members[thread].add(own_id)
        return {own_id: frozenset(ids) for own_id, ids in members.items()}

    def _said(self) -> list[dict[str, Any]]:
        """Return what people say now, and what they said of one that is gone, which holds of another now."""
        rows: list[dict[str, Any]] = []
        for own_id, part in sorted(self.parts.items()):
            if part is None or (own_id not in self.words and part.joined == self._joined_before(own_id)):
                continue
            word = self.words.get(own_id) or Word(part.joined, tied=True, properties={})
            row = {"id": own_id, "apart": part.apart or None, "to": word.to, "tied": word.tied}
            rows.append({**row, "word": dict(word.properties) or None})
        return rows

    def _joined_before(self, own_id: str) -> str | None:
        return self.were[own_id].joined if own_id in self.were else None

    def _threads(self) -> list[dict[str, Any]]:
        """Return the threads that are new or changed; a version grows with every change of parts or rules."""
        before: dict[str, dict[str, str]] = {own_id: {} for own_id in self.versions}
        for own_id, (thread, rule) in self.was_in.items():
            before[thread][own_id] = rule
        rows: list[dict[str, Any]] = []
        for thread in self.now:
            if before.get(thread.id) != thread.rules:
                former = [self.versions[self.was_in[each][0]] for each in thread.rules if each in self.was_in]
                rows.append({"id": thread.id, "version": max(former, default=0) + 1})
        return rows

    def _placed(self) -> list[dict[str, Any]]:
        placed = {own_id: (thread.id, rule) for thread in self.now for own_id, rule in thread.rules.items()}
        rows: list[dict[str, Any]] = [
            {"id": own_id, "thread": thread, "rule": rule}
            for own_id, (thread, rule) in placed.items()
            if self.was_in.get(own_id) != (thread, rule)
        ]
        out = (own_id for own_id in self.was_in if self.parts.get(own_id) is not None and own_id not in placed)
        return rows + [{"id": own_id, "thread": None, "rule": None} for own_id in out]

    def _note(self, own_id: str, moved: Sequence[str]) -> None:
        whose = sorted({self.customers[each] for each in moved if each in self.customers})
        refs = (f"Thread:{own_id}", *(f"Touchpoint:{each}" for each in moved), *(f"Customer:{each}" for each in whose))
        self.unit.note(Change(refs[0], "thread.changed", refs, ("parts",)))
