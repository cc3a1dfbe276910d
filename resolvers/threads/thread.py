"""Threads: one conversation over as many channels as it takes, with every part that the viewer reads, and why it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString, TypeAlias

import strawberry

from graph.threads.rules import BEGAN, CONVERSATION, MARKER, PERSON, REFERENCE, REPLY, SAME_ORDER, SAME_TOPIC
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.enums import words
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, page, planned, prop
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, message
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.touchpoints.touchpoint import Touchpoint

    # To a type checker a word is text, as in `words.py`.
    ThreadRule: TypeAlias = str
else:
    ThreadRule = words(
        "ThreadRule",
        "Why an interaction is part of a thread.",
        {
            BEGAN: "The thread begins with it.",
            REPLY: "Its header names a message of the thread, by a verified id of ours or among the same participants.",
            MARKER: "Its text quotes a verified marker of ours.",
            REFERENCE: "Its source gives the same reference.",
            CONVERSATION: "Its channel gives the same conversation id.",
            SAME_TOPIC: "Same identifier and same topic, within `THREAD_DAYS` days.",
            SAME_ORDER: "Same identifier and same order, within `THREAD_DAYS` days.",
            PERSON: "An employee tied it.",
        },
    )

AnyTouchpoint = Annotated["Touchpoint", strawberry.lazy("resolvers.touchpoints.touchpoint")]

# (:Thread)<-[:IN_THREAD]-(:Touchpoint)-[:TIED_TO]->(:Touchpoint)
PARTS: LiteralString = """
MATCH ({v})<-[{i}:IN_THREAD]-({t}:Touchpoint) WHERE {t}.position > ${after} AND {Touchpoint:t}
WITH {{
  key: {t}.position, rule: {i}.rule, at: {i}.at, touchpoint: {t}, said: [({t})-[{w}:TIED_TO]->() | [{w}.actor, {w}.reason]][0]
}} AS {n} ORDER BY {n}.key LIMIT ${limit}
"""
# (:Touchpoint {message_name}): what a part names, though it is not of its thread
UNVERIFIED: LiteralString = """
UNWIND {parts} AS {t}
WITH {t}, COALESCE({t}.replied_names, []) + COALESCE({t}.referenced_names, []) + COALESCE({t}.marker_names, []) AS {names}
WHERE {names} <> [] AND {t}.apart IS NULL
UNWIND {names} AS {name}
OPTIONAL MATCH ({o}:Touchpoint) USING INDEX {o}:Touchpoint(message_name)
WHERE {o}.message_name = CASE WHEN {name} STARTS WITH 'forged:' THEN 'own:' + substring({name}, 7) ELSE {name} END
  AND {Touchpoint:o}
WITH {t}, {name}, {o}
WHERE CASE WHEN {o} IS NULL THEN {name} STARTS WITH 'forged:' ELSE NOT {o} IN {parts} END
WITH DISTINCT {t}, {o} ORDER BY {t}.position, {o}.position LIMIT 20
WITH {{touchpoint: {t}, suggested: {o}}} AS {n}
"""
# (:Touchpoint)-[:UNTIED_FROM {at, actor, reason}]->(:Touchpoint)
UNTIED: LiteralString = """
UNWIND {parts} AS {p}
MATCH ({p})<-[{w}:UNTIED_FROM]-({t}:Touchpoint) WHERE NOT {t} IN {parts} AND {Touchpoint:t}
WITH {{touchpoint: {t}, at: {w}.at, actor: {w}.actor, reason: {w}.reason}} AS {n} ORDER BY {n}.at, {t}.id LIMIT 100
"""


@planned("Interaction as part of a thread.")
class ThreadPart:
    touchpoint: AnyTouchpoint = one("UNWIND [{v}.touchpoint] AS {n}", Tag.ACTIVITY, "The interaction.")
    rule: ThreadRule = prop("{v}.rule", Tag.INTERNAL, "Why it is part of the thread: the strongest reason.")
    sentence: str = prop("{v}.rule", Tag.INTERNAL, "The rule in words, for staff.", form=message("thread"), arguments=IN_WORDS)
    tied_at: DateTime = prop("{v}.at", Tag.INTERNAL, "Time at which it became part of the thread for this reason, UTC.")
    tied_by: str | None = prop(
        "{v}.said[0]", Tag.INTERNAL, "Account of the employee who tied it; null if no one did, or if it follows another's tie."
    )
    reason: str | None = prop("{v}.said[1]", Tag.FREE_TEXT, "Reason that the employee gave; null if none.")
    untied_from: AnyTouchpoint | None = one(
        "UNWIND [{v}.touchpoint] AS {t} MATCH ({t})-[:UNTIED_FROM]->({n}:Touchpoint) LIMIT 1",
        Tag.INTERNAL,
        "First interaction of the thread from which an employee untied it; null if nobody did.",
    )


@planned("Interaction that names a message of another thread and could not be verified, so it was not tied.")
class ThreadSuggestion:
    touchpoint: AnyTouchpoint = one("UNWIND [{v}.touchpoint] AS {n}", Tag.INTERNAL, "Interaction of this thread that names it.")
    suggested: AnyTouchpoint | None = one(
        "UNWIND [{v}.suggested] AS {n} WITH {n} WHERE {n} IS NOT NULL",
        Tag.INTERNAL,
        "Message that it names; `threadTie` accepts it. Null if none of that id is recorded.",
    )
    sentence: str = prop(
        "'UNVERIFIED'",
        Tag.INTERNAL,
        "Why it was not tied, for staff.",
        form=message("thread"),
        arguments=IN_WORDS,
    )


@planned("Interaction that an employee untied from a thread.")
class UntiedInteraction:
    touchpoint: AnyTouchpoint = one("UNWIND [{v}.touchpoint] AS {n}", Tag.INTERNAL, "The interaction; `threadTie` ties it again.")
    untied_at: DateTime = prop("{v}.at", Tag.INTERNAL, "Time at which it was untied, UTC.")
    untied_by: str = prop("{v}.actor", Tag.INTERNAL, "Account of the employee.")
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Reason that the employee gave; null if none.")


@planned(
    "Thread: one conversation over as many channels as it takes. It holds what the viewer reads of it.",
    shared={
        "parts": "COLLECT {{ MATCH ({v})<-[:IN_THREAD]-({t}:Touchpoint) WHERE {Touchpoint:t} RETURN {t} ORDER BY {t}.position }}"
    },
)
class Thread(Node):
    version: int = prop("{v}.version", Tag.PUBLIC, "Version of the thread: an integer that grows with each change of its parts.")
    started_at: DateTime | None = prop("left({parts}[0].position, 27)", Tag.ACTIVITY, "Time of the first interaction, UTC.")
    last_at: DateTime | None = prop("left({parts}[-1].position, 27)", Tag.ACTIVITY, "Time of the newest interaction, UTC.")
    channels: list[Channel] = prop(
        "COLLECT {{ UNWIND {parts} AS {p} RETURN DISTINCT {p}.channel AS {c} ORDER BY {c} }}",
        Tag.ACTIVITY,
        "Channels of its interactions, each once.",
    )
    topic: str | None = prop(
        "HEAD([{p} IN {parts} WHERE {p}.topic IS NOT NULL | {p}.topic])",
        Tag.FREE_TEXT,
        "Topic of the first interaction that has one, as its source names it; null if none has.",
    )
    parts: Connection[ThreadPart] = page(
        "thread parts",
        PARTS,
        Tag.ACTIVITY,
        "Interactions of the thread, oldest first.",
        key="{v}.key",
        count="SIZE({parts})",
    )
    suggestions: list[ThreadSuggestion] = many(
        UNVERIFIED,
        Tag.INTERNAL,
        "Messages of other threads that its interactions name and that could not be verified; at most 20.",
    )
    untied: list[UntiedInteraction] = many(
        UNTIED, Tag.INTERNAL, "Interactions that employees untied from it, in the order of that; at most 100."
    )


ThreadConnection = Connection[Thread]
