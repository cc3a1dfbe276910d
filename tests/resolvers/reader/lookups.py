"""Who may be meant by a text, as the reader finds it: it goes through all identifiers and orders, and ranks in Python."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from operator import itemgetter
from typing import Any

from graph.search.folding import fold_signs, romaji
from graph.search.terms import Terms, terms
from graph.touchpoints import TOUCHPOINTS
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import Items, page
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.spelling import dialled

HELD = (
    "MATCH (i:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) "
    "RETURN DISTINCT c.id, i.id, i.kind, i.value, "
    "CASE i.reason WHEN 'NAMES' THEN 'BLOCKED' WHEN 'UNREADABLE' THEN 'ACTIVE' ELSE i.state END"
)
ORDERED = (
    "MATCH (o:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) WHERE o.number IS NOT NULL "
    "RETURN DISTINCT c.id, o.number"
)
CAME = "MATCH (t:Touchpoint)-[v:VIA]->(i:Identifier) WHERE v.unattributed = i.key RETURN i.id, v.position, t.id, t.kind"
BUYERS = "MATCH (c:Customer) RETURN c.id, coalesce(c.order_count, 0)"
NAMED = (
    "CALL db.index.fulltext.queryNodes('customer_search', $p.text, {limit: 200}) "
    "YIELD node, score RETURN node.id, score, node.name, node.kana, node.address, node.birth_date"
)
REASONS = {
    "PHONE": "PHONE", "FAX": "PHONE", "EMAIL": "EMAIL", "LINE_USER_ID": "LINE", "MEMBER_NUMBER": "CARD", "POS_CARD": "CARD",
    "CATALOG_NUMBER": "CARD", "CORPORATE_NUMBER": "CARD",
}  # fmt: skip
SENTENCES = {
    "PHONE": ("電話番号 {} が一致しました", "The telephone number {} is theirs"),
    "CARD": ("カード・会員番号 {} が一致しました", "The card or member number {} is theirs"),
    "EMAIL": ("メールアドレス {} が一致しました", "The email address {} is theirs"),
    "LINE": ("LINE ID {} が一致しました", "The LINE user {} is theirs"),
    "IDENTIFIER": ("番号 {} が一致しました", "The number or account {} is theirs"),
    "LAST_DIGITS": ("{} の末尾が一致しました", "{} ends in it"),
    "FIRST_DIGITS": ("{} の先頭が一致しました", "{} starts with it"),
    "EMAIL_PART": ("メールアドレス {} の一部が一致しました", "A part of the email address {} is the same"),
    "SIMILAR_NAME": ("お名前「{}」の表記が似ています", "The name {} is spelt similarly"),
    "BIRTH_DATE": ("生年月日 {} が一致しました", "The date of birth {} is the same"),
    "ADDRESS": ("住所「{}」が一致しました", "The address {} contains it"),
    "ORDER_NUMBER": ("注文番号 {} のお客様です", "They placed order {}"),
    "NAME": ("お名前「{}」が一致しました", "The name {} is like it"),
    "KANA": ("フリガナ「{}」が一致しました", "The reading {} is like it"),
}
Found = dict[str, list[tuple[float, dict[str, Any]]]]
"""Customer id -> (score, reason) pairs."""


def found(request: Request, typed: str) -> list[dict[str, Any]]:
    """Return all candidates for a text, the likeliest first."""
    meant = terms(typed)
    by_customer: Found = {}
    add_identifiers(request, meant, by_customer)
    add_orders(request, meant, by_customer)
    kind = "KANA" if meant.kana else "NAME"
    add_texts(request, meant.names, 0.6, kind, meant, by_customer)
    add_texts(request, meant.places, 0.3, "BIRTH_DATE" if meant.dated else "ADDRESS", meant, by_customer)
    if sum(map(len, by_customer.values())) < 5:
        similar: Found = {}
        add_texts(request, meant.close, 0.25, "SIMILAR_NAME", meant, similar)
        by_customer |= {raw: pairs for raw, pairs in similar.items() if raw not in by_customer}
    orders: dict[str, int] = dict(request.rows(BUYERS))
    candidates = [candidate(raw, pairs) for raw, pairs in by_customer.items()]
    return sorted(candidates, key=lambda each: (-each["score"], -orders[each["customer"].id], each["customer"].id))


def candidate(raw: str, pairs: list[tuple[float, dict[str, Any]]]) -> dict[str, Any]:
    best_first = sorted(pairs, key=lambda pair: (-pair[0], pair[1]["matched"], pair[1]["kind"], reason_id(pair[1])))
    return {"customer": Thing("Customer", raw), "score": best_first[0][0], "reasons": [reason for _, reason in best_first]}


def reason_id(reason: dict[str, Any]) -> str:
    return reason["identifier"].id if reason["identifier"] else ""


def because(kind: str, matched: str, identifier: str | None = None, *, exact: bool = False, **typed: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "exact": exact,
        "matched": matched,
        "identifier": identifier and Thing("Identifier", identifier),
        **typed,
    }


def add_identifiers(request: Request, meant: Terms, by_customer: Found) -> None:
    for customer, raw, kind, value, state in request.rows(HELD):
        if state == "BLOCKED":
            continue
        add = by_customer.setdefault(customer, []).append
        if any(value == each and kind in kinds for each, kinds in meant.identifiers):
            add((1.0, because(REASONS.get(kind, "IDENTIFIER"), value, raw, exact=True)))
        for last in dict.fromkeys(len(ending) for _, ending in meant.endings if value.endswith(ending) and value != ending):
            add((0.7 + last / 1000, because("LAST_DIGITS", value, raw, last=last)))
        starts = [each for each in meant.beginnings if value.startswith(each[0]) and value != each[0] and kind in each[1]]
        for first in dict.fromkeys(first for _, _, first in starts):
            add((0.68, because("EMAIL_PART" if kind == "EMAIL" else "FIRST_DIGITS", value, raw, first=first)))
        for domain in meant.domains:
            if kind == "EMAIL" and value.partition("@")[2] == domain:
                add((0.4, because("EMAIL_PART", value, raw, last=sum(map(str.isalnum, domain)))))
        if not by_customer[customer]:
            del by_customer[customer]


def add_orders(request: Request, meant: Terms, by_customer: Found) -> None:
    for customer, number in request.rows(ORDERED):
        key = as_compared(number)
        if key in meant.numbers:
            by_customer.setdefault(customer, []).append((0.9, because("ORDER_NUMBER", number, exact=True)))
        for last in dict.fromkeys(len(ending) for _, ending in meant.endings if key.endswith(ending) and key != ending):
            by_customer.setdefault(customer, []).append((0.65, because("ORDER_NUMBER", number, last=last)))
        for start in meant.order_beginnings:
            if key.startswith(start) and key != start:
                by_customer.setdefault(customer, []).append((0.64, because("ORDER_NUMBER", number, first=len(start))))


def as_compared(number: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", number)).upper()


def add_texts(request: Request, queries: list[str], most: float, kind: str, meant: Terms, by_customer: Found) -> None:
    """Add whom the text index finds; that a text asks it rightly is said by tests/graph/search and test_finding.py."""
    for text in queries:
        for customer, points, name, kana, address, born in request.rows(NAMED, text=text):
            shown = {"KANA": kana or name, "ADDRESS": address or born, "BIRTH_DATE": born}.get(kind, name or kana) or ""
            told = because(kind, shown, words=meant.words, kana=kana)
            by_customer.setdefault(customer, []).append((most * points / (points + 1.0), told))


@field("Query", "customerLookup")
def customer_lookup(_: None, request: Request, input: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: A002
    if not 0 <= input["first"] <= 100:
        raise Refused("INVALID_INPUT", "`first` must be from 0 to 100.")
    return found(request, input["query"])[: input["first"]]


@field("Query", "lookUp")
def look_up(_: None, request: Request, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    candidates = customer_lookup(None, request, input)
    orders = numbered(request, terms(input["query"]).numbers)
    count = len(found(request, input["query"]))
    return {
        "candidateCount": min(count, 200),
        "candidates": candidates,
        "orders": [{"order": order, "matchedSpans": [span(number)]} for order, number in orders],
        **kept_of(request, terms(input["query"])),
    }


def kept_of(request: Request, meant: Terms) -> dict[str, list[Thing]]:
    """Return the identifiers that were typed whole, and the newest contacts of nobody by them."""
    rows = request.rows("MATCH (i:Identifier) RETURN i.id, i.kind, i.value")
    whole = [raw for raw, kind, own in rows if any(own == each and kind in kinds for each, kinds in meant.identifiers)]
    came = request.rows(
        "MATCH (t:Touchpoint)-[v:VIA]->(i:Identifier) WHERE v.unattributed = i.key RETURN i.id, v.position, t.id, t.kind"
    )
    newest = sorted({(position, own, kind) for raw, position, own, kind in came if raw in whole}, reverse=True)[:5]
    contacts = [Thing(TOUCHPOINTS[kind].label, own) for _, own, kind in newest]
    return {"identifiers": [Thing("Identifier", raw) for raw in whole[:5]], "contacts": contacts}


def numbered(request: Request, keys: list[str]) -> list[tuple[Thing, str]]:
    rows = request.rows("MATCH (o:Order) WHERE o.number IS NOT NULL RETURN o.position, o.id, o.number")
    found = sorted(((position, raw, own) for position, raw, own in rows if as_compared(own) in keys), reverse=True)
    return [(Thing("Order", raw), own) for _, raw, own in found[:20]]


def span(text: str, typed: bool = True) -> dict[str, Any]:
    return {"text": text, "typed": typed}


@field("MatchReason", "matchedSpans")
def matched_spans(reason: dict[str, Any], request: Request) -> list[dict[str, Any]]:
    value = reason["matched"]
    if reason["kind"] in ("NAME", "KANA", "SIMILAR_NAME"):
        return name_spans([each for each in (value, reason["kana"]) if each], reason["words"])
    count = sum(map(str.isalnum, value))
    marks: list[bool] = []
    for place, sign in enumerate(value):
        at = sum(map(str.isalnum, value[:place]))
        within = at < reason.get("first", 0) or at >= count - reason.get("last", 0)
        marks.append(reason["exact"] or (sign.isalnum() and within))
    return pieces(value, marks)


def pieces(value: str, marks: list[bool]) -> list[dict[str, Any]]:
    grouped = groupby(zip(value, marks, strict=True), itemgetter(1))
    return [span("".join(sign for sign, _ in group), own) for own, group in grouped]


def name_spans(values: list[str], words: list[str]) -> list[dict[str, Any]]:
    """Try every piece of every value against every word, and mark what is one; the reader has no index of signs."""
    for value in [*values, *(romaji(each).title() for each in values)]:
        marks = [False] * len(value)
        for word in words:
            begins = ((first, last) for first in range(len(value)) for last in range(first + 1, len(value) + 1))
            same = next((place for place in begins if bare(value[place[0] : place[1]]) == word and bare(value[place[0]])), None)
            if same:
                end = same[1]
                marks[same[0] : end] = [True] * (end - same[0])
        if any(marks):
            return pieces(value, marks)
    return [span(values[0], False)] if values else []


def bare(text: str) -> str:
    """Return a text as it is compared: without spaces, in Latin letters without marks, their long vowels as they were typed."""
    return "".join(sign for sign, _ in fold_signs(text))


@field("MatchReason", "sentence")
def sentence(reason: dict[str, Any], request: Request, language: str) -> str:
    japanese, english = SENTENCES[reason["kind"]]
    return (japanese if language == "JA" else english).format(dialled(reason["matched"]))


@field("Query", "customers")
def customers(
    _: None, request: Request, search: str | None = None, first: int | None = None, after: str | None = None
) -> dict[str, Any]:
    if search is None:
        rows = request.rows("MATCH (c:Customer) WHERE c.status = 'ACTIVE' RETURN c.id")
        return page("customers", [(raw, Thing("Customer", raw)) for (raw,) in rows], first, after)
    items: Items = [(rank(each), each["customer"]) for each in found(request, search)]
    return page("search", sorted(items)[:200], first, after)


def rank(candidate: dict[str, Any]) -> str:
    """Return what sorts as (score from high to low, id)."""
    return f"{1_000_000_000 - int(candidate['score'] * 1_000_000_000):010d}{candidate['customer'].id}"
