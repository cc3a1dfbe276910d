"""One attempt at a batch of events: lock and load, apply and decide in memory, write the difference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from graph.catalogue.items import ItemState, lock_items, write_items
from graph.consents.declarations import ConsentState, load_consents, write_consents
from graph.events.facts import Article, Claim, Consent, Contact, Event, Person, Place, Subject
from graph.events.newest import utc_text
from graph.intake.apply import apply_consent, apply_contact, apply_person
from graph.intake.arrival import arrive
from graph.intake.receipts import (
    CREATED,
    REJECTED,
    REPEATED,
    UNCHANGED,
    UPDATED,
    Receipt,
    Rejection,
    Stored,
    receipt_rows,
)
from graph.keys import product_id, receipt_key, store_id, touchpoint_id
from graph.resolution.conclusion import conclude, write_conclusion
from graph.resolution.decide import Verdict
from graph.resolution.neighbourhood import Neighbourhood
from graph.store import Transaction
from graph.touchpoints.loading import new_touchpoint
from graph.touchpoints.state import ContactState


class Batch:
    """One attempt at a batch: what it loaded, and what becomes of it."""

    def __init__(self, transaction: Transaction, events: Sequence[Event], hood: Neighbourhood) -> None:
        self.transaction = transaction
        self.events = events
        self.hood = hood
        self.now = utc_text(datetime.now(UTC))
        self.contacts: dict[str, ContactState] = {}
        self.consents: dict[str, ConsentState] = {}
        self.items: dict[str, ItemState] = {}
        self.subjects: dict[str, Place | Article] = {}
        self.places: set[str] = set()
        self.articles: set[str] = set()
        self.answers: list[Receipt | None] = []
        self.outcomes: dict[str, tuple[Event, str]] = {}

    async def run(self, dry_run: bool) -> list[Receipt]:
        for event in self.events:
            _want(self.hood, event.subject)
        known, self.contacts = await arrive(self.transaction, self.events, self.hood)
        await self._lock([event.subject for event in self.events if receipt_key(event.source, event.id) not in known])
        for event in self.events:
            self._take(event, known)
        verdict = await conclude(self.transaction, self.hood, self.contacts, self.now)
        kept = {key: self._answer(event, outcome) for key, (event, outcome) in self.outcomes.items()}
        if dry_run:
            minted = {row["to"] for row in verdict.decisions if row["from"] is None} - self._former_customers()
            kept = {key: _without_new(stored, minted) for key, stored in kept.items()}
        else:
            await self._write(verdict, kept)
        receipts = self._receipts({**known, **kept})
        idle = (event for event, receipt in zip(self.events, receipts, strict=True) if receipt.outcome in (REJECTED, REPEATED))
        await self.hood.forget_unused(self.transaction, (claim for event in idle for claim in _claims(event.subject)))
        return receipts

    async def _lock(self, subjects: Sequence[Subject]) -> None:
        """Lock the catalogue that events tell about, then all that hangs together with what was found on arrival."""
        places = {subject.code for subject in subjects if isinstance(subject, Place)}
        articles = {subject.sku for subject in subjects if isinstance(subject, Article)}
        if places or articles:
            self.items = await lock_items(self.transaction, places, articles)
        self.hood.want(records={state.owner for state in self.contacts.values() if state.owner})
        self.hood.want(identifiers={key for state in self.contacts.values() for key in state.via})
        await self.hood.widen(self.transaction)
        if consents := [subject for subject in subjects if isinstance(subject, Consent)]:
            self.consents = await load_consents(self.transaction, consents)

    def _take(self, event: Event, known: dict[str, Stored]) -> None:
        """Apply one event in memory, unless it came before, in this batch or another."""
        key = receipt_key(event.source, event.id)
        earlier = self.outcomes.get(key)
        if key in known or earlier is not None:
            self.answers.append(None)
            return
        subject = event.subject
        outcome = self._apply(subject, event)
        if isinstance(outcome, Rejection):
            self.answers.append(Receipt(event.source, event.id, REJECTED, error=outcome))
            return
        self.outcomes[key] = (event, outcome)
        self.answers.append(None)

    def _apply(self, subject: Subject, event: Event) -> str | Rejection:
        if isinstance(subject, Person):
            return self._apply_person(subject, event)
        if isinstance(subject, Contact):
            return self._apply_contact(subject, event)
        if isinstance(subject, Consent):
            return apply_consent(subject, event, self.consents, self.hood)
        key = store_id(subject.code) if isinstance(subject, Place) else product_id(subject.sku)
        self.subjects[key] = subject
        return self.items[key].apply(subject, event)

    def _apply_person(self, person: Person, event: Event) -> str:
        new = person.record not in self.hood.records
        before = dict(self.hood.records[person.record].stamps) if not new else {}
        record = apply_person(person, event, self.hood)
        if new:
            return CREATED
        return UPDATED if record.stamps != before or record.claims_changed else UNCHANGED

    def _apply_contact(self, contact: Contact, event: Event) -> str | Rejection:
        state = self.contacts.get(touchpoint_id(contact.key))
        if state is None:
            state = new_touchpoint(contact, event.source)
            self.contacts[state.id] = state
            self._name_items(contact)
            apply_contact(contact, event, state, self.hood)
            return CREATED
        if state.kind != contact.kind:
            return Rejection(
                "OTHER_KIND", f"This subject is already known as {state.kind}. Give the contact a subject of its own.", "/subject"
            )
        before = (dict(state.stamps), state.at)
        self._name_items(contact)
        apply_contact(contact, event, state, self.hood)
        return UPDATED if (state.stamps, state.at) != before else UNCHANGED

    def _name_items(self, contact: Contact) -> None:
        """Note the store and the products that a contact names, though newer news may replace them: a name stays known."""
        named = {name: properties for values in contact.attributes.values() for name, properties in values.items()}
        place, articles = named.get("store_code"), named.get("sku_list")
        if isinstance(place, str):
            self.places.add(place)
        if isinstance(articles, list):
            self.articles.update(articles)
        self.articles.update(line.sku for line in contact.lines or () if line.sku)

    async def _write(self, verdict: Verdict, kept: dict[str, Stored]) -> None:
        await write_items(self.transaction, self.subjects, self.items)
        contacts, places, articles = self.contacts.values(), self.places, self.articles
        receipts = receipt_rows(kept)
        await write_conclusion(
            self.transaction, self.hood, verdict, contacts, self.now, places=places, articles=articles, receipts=receipts
        )
        await write_consents(self.transaction, self.consents.values())

    def _former_customers(self) -> set[str]:
        return {record.was_customer for record in self.hood.records.values() if record.was_customer is not None}

    def _answer(self, event: Event, outcome: str) -> Stored:
        """Say what a first-time event did, which customer it landed on and why."""
        subject = event.subject
        if isinstance(subject, Person):
            known = self.hood.records[subject.record]
            return Stored(event.digest, outcome, known.customer, known.link_rule)
        if isinstance(subject, Contact):
            state = self.contacts[touchpoint_id(subject.key)]
            owner = self.hood.records[state.owner] if state.owner else None
            return Stored(event.digest, outcome, owner.customer if owner else None, state.rule or "NOBODY_KNOWN")
        if isinstance(subject, Consent):
            return self._answer_consent(subject, event, outcome)
        return Stored(event.digest, outcome, None, "CATALOGUE")

    def _answer_consent(self, consent: Consent, event: Event, outcome: str) -> Stored:
        key = consent.by.record_key
        if key is None:
            return Stored(event.digest, outcome, None, "SAID_BY_CONTACT_POINT")
        return Stored(event.digest, outcome, self.hood.records[key].customer, "SAID_BY_RECORD")

    def _receipts(self, stored: dict[str, Stored]) -> list[Receipt]:
        receipts: list[Receipt] = []
        first: set[str] = set()
        for event, answer in zip(self.events, self.answers, strict=True):
            key = receipt_key(event.source, event.id)
            if answer is not None:
                receipts.append(answer)
            elif key in self.outcomes and key not in first:
                first.add(key)
                kept = stored[key]
                receipts.append(Receipt(event.source, event.id, kept.outcome, kept.customer_id, kept.rule))
            else:
                receipts.append(stored[key].repeat(event))
        return receipts


def _claims(subject: Subject) -> tuple[Claim, ...]:
    if isinstance(subject, Person):
        return subject.claims
    if not isinstance(subject, Contact | Consent) or subject.by is None:
        return ()
    named = subject.by.claims + (subject.by.person.claims if subject.by.person else ())
    return (*named, subject.point) if isinstance(subject, Consent) and subject.point else named


def _want(hood: Neighbourhood, subject: Subject) -> None:
    hood.want(claims=_claims(subject))
    if isinstance(subject, Person):
        hood.want(records=(subject.record,))
    elif isinstance(subject, Contact | Consent) and subject.by is not None:
        person = subject.by.person
        hood.want(records={key for key in (subject.by.record_key, person.record if person else None) if key is not None})


def _without_new(stored: Stored, minted: set[str]) -> Stored:
    customer = None if stored.customer_id in minted else stored.customer_id
    return Stored(stored.digest, stored.outcome, customer, stored.rule)
