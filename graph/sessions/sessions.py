"""Who has signed in, found by the hash of the secret in their browser; a session ends when idle, and after some hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from graph.events.newest import utc_text
from graph.store import Store, Transaction
from graph.writes.forgetting import forget

IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)
"""A session in use is written once in this time, not with every page."""

# (:Session)
FIND: LiteralString = """
MATCH (s:Session {key: $p.key}) WHERE s.ends_at > $p.now AND s.seen_at > $p.idle
RETURN s.subject, s.provider_session, s.claims, s.id_token, s.seen_at < $p.seen
"""
CREATE: LiteralString = """
CREATE (:Session {key: $p.key, subject: $p.subject, provider_session: $p.provider_session, claims: $p.claims,
  id_token: $p.id_token, seen_at: $p.now, ends_at: $p.ends_at})
RETURN 1
"""
TOUCH: LiteralString = "MATCH (s:Session {key: $p.key}) SET s.seen_at = $p.now RETURN count(*)"
DELETE: LiteralString = "MATCH (s:Session {key: $p.key}) DELETE s RETURN count(*)"
DELETE_OF_PROVIDER: LiteralString = """
MATCH (s:Session {provider_session: $p.provider_session}) DELETE s RETURN count(*)
"""
DELETE_OF_SUBJECT: LiteralString = "MATCH (s:Session {subject: $p.subject}) DELETE s RETURN count(*)"
DELETE_ENDED: LiteralString = """
MATCH (s:Session) USING INDEX s:Session(ends_at) WHERE s.ends_at < $p.before
WITH s LIMIT 10000
DELETE s
RETURN count(*)
"""


@dataclass(frozen=True, slots=True)
class Session:
    """`claims` is JSON that says who it is; `provider_session` and `id_token` are the provider's, for signing out there."""

    subject: str
    claims: str
    provider_session: str | None = None
    id_token: str | None = None


async def begin_session(store: Store, key: str, session: Session, now: datetime) -> None:
    """Keep a new session under a key that nobody has."""
    await _write(
        store,
        CREATE,
        {
            "key": key,
            "subject": session.subject,
            "provider_session": session.provider_session,
            "claims": session.claims,
            "id_token": session.id_token,
            "now": utc_text(now),
            "ends_at": utc_text(now + ABSOLUTE),
        },
    )


async def find_session(store: Store, key: str, now: datetime, *, in_use: bool = True) -> Session | None:
    """Return the session of a key, noted as `in_use` or only looked at; None where there is none or it has ended."""
    asked = {"key": key, "now": utc_text(now), "idle": utc_text(now - IDLE), "seen": utc_text(now - SEEN_EVERY)}
    rows = await store.read(FIND, asked)
    if not rows:
        return None
    subject, provider_session, claims, id_token, unseen = rows[0]
    if unseen and in_use:
        await _write(store, TOUCH, {"key": key, "now": utc_text(now)})
    return Session(subject, claims, provider_session, id_token)


async def end_session(store: Store, key: str) -> None:
    await _write(store, DELETE, {"key": key})


async def end_sessions_of(store: Store, *, provider_session: str | None, subject: str | None) -> int:
    """End the sessions that began in one session of the provider, or where it names none, all of a subject; return how many."""
    if provider_session is not None:
        return await _write(store, DELETE_OF_PROVIDER, {"provider_session": provider_session})
    return await _write(store, DELETE_OF_SUBJECT, {"subject": subject})


async def forget_sessions(store: Store, before: datetime) -> int:
    """Delete the sessions that ended before that time and return how many."""
    return await forget(store, DELETE_ENDED, utc_text(before))


async def _write(store: Store, statement: LiteralString, parameters: dict[str, str | None]) -> int:
    async def work(transaction: Transaction) -> int:
        return (await transaction.run(statement, parameters))[0][0]

    return await store.write(work)
