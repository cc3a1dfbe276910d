"""What is done when a button of a basket or an offer is pressed: the inputs of the mutations, and what came of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from uuid import NAMESPACE_OID, uuid5

from admin.pages.buying.operations import COUPON, DECLINED_BEFORE, PRODUCT, STORE
from admin.parts.acting import do
from admin.parts.questions import Json, Problem, Questions

SET, ADD, MAKE, MAKE_ANYWAY = "set", "add", "offer", "offer-anyway"
ANSWERS = ("ACCEPTED", "DECLINED", "LATER")
THINGS = {"product": ("productId", PRODUCT), "coupon": ("couponId", COUPON)}
"""What is offered -> the member of the input, and how its id is found by what was typed."""


@dataclass(frozen=True, slots=True)
class Done:
    """`told` says why nothing was done; `before` is the offer of the same that was declined, where nothing was made for it."""

    told: list[str] = field(default_factory=list[str])
    before: Json | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Pressing:
    """One press: by whom, about which customer, and what the form sent."""

    questions: Questions
    customer: str
    sent: Mapping[str, str]
    time_zone: tzinfo

    async def do(self) -> Done:
        """Do what the button says; raise Problem 400 for a form that is none of ours."""
        pressed = self.sent.get("pressed", "")
        if pressed in (SET, ADD):
            return await self._change(pressed)
        if pressed in (MAKE, MAKE_ANYWAY):
            return await self._offer(warned=pressed == MAKE_ANYWAY)
        if pressed in ANSWERS:
            return await self._answer(pressed)
        raise Problem(400)

    async def _change(self, pressed: str) -> Done:
        product = self.sent.get("product") or await self._found(PRODUCT, self.sent.get("sku", ""))
        quantity = self.sent.get("quantity", "")
        if product is None:
            return Done(unknown=True)
        if not quantity.isdecimal() or len(quantity) > 6:
            raise Problem(400)
        line = {"productId": product, "quantity" if pressed == SET else "add": int(quantity)}
        given = {"customerId": self.customer, "version": self.sent.get("version"), "lines": [line]}
        return await self._asked("basketChange", "", given)

    async def _offer(self, *, warned: bool) -> Done:
        what, typed = self.sent.get("what", ""), self.sent.get("thing", "")
        given: Json = {"customerId": self.customer}
        if what in THINGS:
            thing = await self._thing(what, typed)
            if thing is None:
                return Done(unknown=True)
            given |= thing
        else:
            given["text"] = typed
        tried = Done() if warned else await self._asked("offerMake", DECLINED_BEFORE, {**given, "dryRun": True})
        return tried if tried.told or tried.before else await self._asked("offerMake", DECLINED_BEFORE, given)

    async def _thing(self, what: str, typed: str) -> Json | None:
        """Return the member of the input for what was typed: of the chosen kind, else of the other, for codes tell which."""
        for each in sorted(THINGS, key=lambda kind: kind != what):
            name, document = THINGS[each]
            if each == "coupon" and not self.questions.viewer.may_read("Coupon"):
                continue
            if found := await self._found(document, typed):
                return {name: found}
        return None

    async def _answer(self, answer: str) -> Done:
        until = self._midnight(self.sent.get("until", "")) if answer == "LATER" else None
        return await self._asked("offerAnswer", "", {"offerId": self.sent.get("offer", ""), "answer": answer, "until": until})

    async def _asked(self, mutation: str, asked: str, given: Json) -> Done:
        """Ask for a mutation; a form that is sent twice has the same key, since the page has not changed in between."""
        told = {**given, **await self._door()}
        of = json.dumps([mutation, told, self.sent.get("seen")], sort_keys=True)
        answer, refused = await do(self.questions, mutation, asked, {"key": str(uuid5(NAMESPACE_OID, of))}, **told)
        before = answer.get("declinedBefore") if given.get("dryRun") else None
        return Done(refused, before)

    async def _door(self) -> Json:
        """Return at which door staff stand: in their store where they have one, else on the telephone."""
        stores = sorted(self.questions.viewer.stores)
        if not stores:
            return {"channel": "PHONE"}
        return {"channel": "STORE", "storeId": await self._found(STORE, stores[0]) if len(stores) == 1 else None}

    async def _found(self, document: str, value: str) -> str | None:
        found = (await self.questions.ask(document, value=value))["found"] if value else None
        return found["id"] if found else None

    def _midnight(self, day: str) -> str | None:
        """Return when a day begins in the business time zone, None for no day."""
        try:
            return datetime.combine(date.fromisoformat(day), time(), self.time_zone).isoformat()
        except ValueError:
            return None
