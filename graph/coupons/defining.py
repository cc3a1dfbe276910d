"""The command that sets up a coupon, or changes its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.commands.command import Answer, Author, Command
from graph.coupons.nodes import Coupons
from graph.coupons.rules import NO_RULE, RANK, SEEN, IssueRule
from graph.coupons.terms import HUNDRED, LISTS, PERCENT, PLAIN, Terms, code_key
from graph.errors import InvalidInput, NotFound, Outdated
from graph.keys import opaque
from graph.words import Sentence
from graph.writes.unit import Unit

READ_STORES: LiteralString = "UNWIND $p.ids AS id OPTIONAL MATCH (s:Store {id: id}) RETURN s.code"


@dataclass(frozen=True, slots=True)
class Definition:
    """`terms` and `rule` without their stores, which are ids beside them. `version` is that of when it was read, None for any."""

    code: str
    name: str
    terms: Terms
    stores: Sequence[str] = ()
    rule: IssueRule | None = None
    rule_stores: Sequence[str] = ()
    version: int | None = None


def coupon_id(code: str) -> str:
    return opaque("Coupon", code_key(code))


def put_coupon(author: Author, definition: Definition) -> Command:
    """Return the command that makes a coupon, or replaces its name and terms; its answer is `coupon`, by id.

    Raises InvalidInput for terms that nobody could use, Outdated where it has changed since it was read.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        _check(definition)
        codes = await _codes(unit, definition.stores, "/storeIds")
        visited = await _codes(unit, definition.rule_stores, "/rule/storeIds")
        own_id = coupon_id(definition.code)
        unit.want("Coupon", (own_id,))
        await unit.lock()
        before = unit.of(Coupons).known.get(own_id, {})
        version = before.get("version", 0)
        if definition.version is not None and definition.version != version:
            raise Outdated(Sentence("refusal.COUPON_CHANGED"), "/version", version)
        made = {} if before else {"made_at": unit.now, "made_by": author.actor, "key": code_key(definition.code)}
        told = {"code": definition.code, "name": definition.name, "version": version + 1, **_properties(definition.terms)}
        told |= {"stores": codes, **_ruled(definition.rule, visited, before, unit.now)}
        unit.of(Coupons).put("Coupon", own_id, **made, **told)
        return {"coupon": own_id}

    rule = [definition.rule.properties(), list(definition.rule_stores)] if definition.rule else []
    asked = [definition.code, definition.name, _properties(definition.terms), list(definition.stores), definition.version, *rule]
    return Command(author, "COUPON_PUT", asked, (Coupons,), execute)


async def _codes(unit: Unit, ids: Sequence[str], pointer: str) -> list[str]:
    """Return the codes of stores, sorted; raise NotFound for one that there is not."""
    codes = [code for (code,) in await unit.transaction.run(READ_STORES, {"ids": list(ids)})]
    if None in codes:
        raise NotFound(Sentence("refusal.NO_SUCH_STORE"), f"{pointer}/{codes.index(None)}")
    return sorted(set(codes))


def _ruled(rule: IssueRule | None, stores: Sequence[str], before: dict[str, Any], now: str) -> dict[str, Any]:
    """Return what a coupon keeps of its rule, with the time since which that is so: what happened before does not count."""
    if rule is None:
        return {**NO_RULE, "rule_since": None}
    told = {**rule.properties(), "rule_stores": list(stores)}
    same = all(before.get(name) == value for name, value in told.items())
    return {**told, "rule_since": before.get("rule_since") if same else now}


def _check_rule(rule: IssueRule, terms: Terms) -> None:
    if terms.for_all:
        raise InvalidInput(Sentence("refusal.COUPON_RULE_FOR_ALL"), "/rule")
    if (rule.kind == RANK) != bool(rule.rank):
        raise InvalidInput(Sentence("refusal.COUPON_RULE_RANK"), "/rule/rank")
    if (rule.kind == SEEN) != bool(rule.products or rule.categories):
        raise InvalidInput(Sentence("refusal.COUPON_RULE_SEEN"), "/rule/products")
    if rule.days is not None and rule.days < 0:
        raise InvalidInput(Sentence("refusal.COUPON_RULE_DAYS"), "/rule/validDays")


def _check(definition: Definition) -> None:
    terms = definition.terms
    if definition.rule is not None:
        _check_rule(definition.rule, terms)
    if not code_key(definition.code):
        raise InvalidInput(Sentence("refusal.COUPON_CODE"), "/code")
    if terms.kind == PERCENT and not 1 <= terms.value <= HUNDRED:
        raise InvalidInput(Sentence("refusal.COUPON_PERCENT"), "/percent")
    if terms.kind != PERCENT and terms.value < 1:
        raise InvalidInput(Sentence("refusal.COUPON_VALUE"), "/amountOff")
    if terms.minimum < 0:
        raise InvalidInput(Sentence("refusal.COUPON_VALUE"), "/minimum")
    if terms.starts is not None and terms.ends is not None and terms.ends <= terms.starts:
        raise InvalidInput(Sentence("refusal.COUPON_DATES"), "/endsAt")
    for pointer, most in (("/usesPerCustomer", terms.uses_per_customer), ("/uses", terms.uses)):
        if most is not None and most < 1:
            raise InvalidInput(Sentence("refusal.COUPON_USES"), pointer)


def _properties(terms: Terms) -> dict[str, Any]:
    lists: dict[str, list[str]] = {name: sorted(getattr(terms, name)) for name in LISTS}
    return {**{name: getattr(terms, name) for name in PLAIN}, **lists}
