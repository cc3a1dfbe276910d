"""Who may be meant by a text, as the reader finds it: it goes through all identifiers and orders, and ranks in Python."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from operator import itemgetter
from typing import Any

from graph.identity.normalising.identifiers import normalise
from graph.search.folding import fold_name, fold_romaji, fold_signs, romaji
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import Items, page
from tests.resolvers.reader.request import Refused, Request, Thing

HELD = (
    "MATCH (i:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) "
    "RETURN DISTINCT c.id, i.id, i.kind, i.value, CASE WHEN i.reason = 'NAMES' THEN 'BLOCKED' ELSE i.state END"
)
ORDERED = (
    "MATCH (o:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) WHERE o.number IS NOT NULL "
    "RETURN DISTINCT c.id, o.number"
)
BUYERS = "MATCH (c:Customer) RETURN c.id, coalesce(c.order_count, 0)"
NAMED = (
    "CALL db.index.fulltext.queryNodes($p.index, $p.text, {limit: 200}) "
    "YIELD node, score RETURN node.id, score, node.name, node.kana"
)
REASONS = {
    "PHONE": "PHONE", "FAX": "PHONE", "EMAIL": "EMAIL", "LINE_USER_ID": "LINE", "MEMBER_NUMBER": "CARD", "POS_CARD": "CARD",
    "CATALOG_NUMBER": "CARD", "CORPORATE_NUMBER": "CARD",
}  # fmt: skip
SENTENCES = {
    "PHONE": ("電話番号 {} が一致しました", "The telephone number {} is theirs"),
    "CARD": ("カード・会員番号 {} が一致しました", "The card or member number {} is theirs"),
    "EMAIL": ("メールアドレス {} が一致しました", "The mail address {} is theirs"),
    "LINE": ("LINE ユーザー ID {} が一致しました", "The LINE user {} is theirs"),
    "IDENTIFIER": ("識別子 {} が一致しました", "The identifier {} is theirs"),
    "LAST_DIGITS": ("{} の末尾 4 桁が一致しました", "The last four characters of {} are the same"),
    "ORDER_NUMBER": ("注文番号 {} のお客様です", "They placed order {}"),
    "NAME": ("お名前「{}」が一致しました", "The name {} is like it"),
    "KANA": ("フリガナ「{}」が一致しました", "The reading {} is like it"),
}
PHONE_SIGNS = set("+() .-‐‑‒–—―−ー/\t\n")
Found = dict[str, list[tuple[float, dict[str, Any]]]]
"""Customer id -> (score, reason) pairs."""


def found(request: Request, typed: str) -> list[dict[str, Any]]:
    """Return all candidates for a text, the likeliest first."""
    text = " ".join(unicodedata.normalize("NFKC", typed[:200]).split())
    by_customer: Found = {}
    if text:
        add_identifiers(request, text, by_customer)
        if may_be_number(text):
            add_orders(request, text, by_customer)
        if "@" not in text:
            add_names(request, text, by_customer)
    orders: dict[str, int] = dict(request.rows(BUYERS))
    candidates = [candidate(raw, pairs) for raw, pairs in by_customer.items()]
    return sorted(candidates, key=lambda each: (-each["score"], -orders[each["customer"].id], each["customer"].id))


def is_japanese(text: str) -> bool:
    """Whether a word of it is in kanji, kana or another script that is not Latin; what has an @ is an address."""
    words = re.split(r"[\W_]+", fold_name(text))
    return "@" not in text and any(not fold_romaji(word).isascii() and any(map(str.isalpha, word)) for word in words)


def may_be_number(text: str) -> bool:
    four = len(text) == 4 and text.isascii() and text.isalnum()
    return four or (not is_japanese(text) and any(map(str.isdigit, text)))


def candidate(raw: str, pairs: list[tuple[float, dict[str, Any]]]) -> dict[str, Any]:
    best_first = sorted(pairs, key=lambda pair: (-pair[0], pair[1]["matched"], pair[1]["kind"], reason_id(pair[1])))
    return {"customer": Thing("Customer", raw), "score": best_first[0][0], "reasons": [reason for _, reason in best_first]}


def reason_id(reason: dict[str, Any]) -> str:
    return reason["identifier"].id if reason["identifier"] else ""


def because(kind: str, matched: str, identifier: str | None = None, *, exact: bool = False) -> dict[str, Any]:
    return {"kind": kind, "exact": exact, "matched": matched, "identifier": identifier and Thing("Identifier", identifier)}


def add_identifiers(request: Request, text: str, by_customer: Found) -> None:
    four = len(text) == 4 and text.isascii() and text.isalnum()
    for customer, raw, kind, value, state in request.rows(HELD):
        if state == "BLOCKED":
            continue
        if is_same(kind, text, value):
            by_customer.setdefault(customer, []).append((1.0, because(REASONS.get(kind, "IDENTIFIER"), value, raw, exact=True)))
        if four and value[-4:] in (text, text.upper()):
            by_customer.setdefault(customer, []).append((0.7, because("LAST_DIGITS", value, raw)))


def is_same(kind: str, text: str, value: str) -> bool:
    if kind in ("PHONE", "FAX") and not looks_like_phone(text):
        return False
    if kind not in ("PHONE", "FAX", "EMAIL") and is_japanese(text):
        return False
    try:
        return normalise(kind, text).value == value
    except ValueError:
        return False


def looks_like_phone(text: str) -> bool:
    number = re.split(r"内線|代表|代|ext|[x#;]", text, maxsplit=1, flags=re.IGNORECASE)[0]
    plain = all(sign.isdigit() or sign in PHONE_SIGNS for sign in number)
    return plain and number != "" and 8 <= sum(sign.isdigit() for sign in text) <= 15


def add_orders(request: Request, text: str, by_customer: Found) -> None:
    four = len(text) == 4 and text.isascii() and text.isalnum()
    for customer, number in request.rows(ORDERED):
        if number in (text, text.upper()) and any(map(str.isdigit, text)):
            by_customer.setdefault(customer, []).append((0.9, because("ORDER_NUMBER", number, exact=True)))
        if four and number[-4:] in (text, text.upper()):
            by_customer.setdefault(customer, []).append((0.65, because("ORDER_NUMBER", number)))


def add_names(request: Request, text: str, by_customer: Found) -> None:
    name = fold_name(text)
    words = [word for word in re.split(r"[\W_]+", name) if word]
    japanese = [word for word in words if not fold_romaji(word).isascii() and any(sign.isalpha() for sign in word)]
    if japanese:
        asked = " AND ".join(word + "*" if len(word) == 1 else f'"{word}"' for word in japanese)
        kind = "KANA" if all("ァ" <= sign <= "ヿ" or sign.isspace() for sign in name) else "NAME"
        for customer, points, own_name, kana in request.rows(NAMED, index="customer_text", text=asked):
            shown = (kind == "KANA" and kana) or own_name or kana or ""
            told = {**because(kind, shown), "typed": name, "kana": kana}
            by_customer.setdefault(customer, []).append((0.6 * points / (points + 1.0), told))
    bare = fold_romaji(name)
    latin = re.findall("[a-z0-9]+", bare) if bare.isascii() else []
    if any(word.isalpha() for word in latin):
        asked = " AND ".join(word + "*" for word in latin)
        for customer, points, own_name, kana in request.rows(NAMED, index="customer_latin", text=asked):
            told = {**because("NAME", own_name or kana or ""), "typed": name, "kana": kana}
            by_customer.setdefault(customer, []).append((0.6 * points / (points + 1.0), told))


@field("Query", "customerLookup")
def customer_lookup(_: None, request: Request, input: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: A002
    if not 0 <= input["first"] <= 100:
        raise Refused("INVALID_INPUT", "`first` must be from 0 to 100.")
    return found(request, input["query"])[: input["first"]]


@field("Query", "lookUp")
def look_up(_: None, request: Request, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    candidates = customer_lookup(None, request, input)
    text = " ".join(unicodedata.normalize("NFKC", input["query"][:200]).split())
    orders = numbered(request, text) if any(map(str.isdigit, text)) and not is_japanese(text) else []
    return {"candidates": candidates, "orders": [{"order": order, "matchedSpans": [span(number)]} for order, number in orders]}


def numbered(request: Request, text: str) -> list[tuple[Thing, str]]:
    rows = request.rows("MATCH (o:Order) WHERE o.number IS NOT NULL RETURN o.position, o.id, o.number")
    found = sorted(((position, raw, own) for position, raw, own in rows if own in (text, text.upper())), reverse=True)
    return [(Thing("Order", raw), own) for _, raw, own in found[:20]]


def span(text: str, typed: bool = True) -> dict[str, Any]:
    return {"text": text, "typed": typed}


@field("MatchReason", "matchedSpans")
def matched_spans(reason: dict[str, Any], request: Request) -> list[dict[str, Any]]:
    value = reason["matched"]
    if reason["kind"] in ("NAME", "KANA"):
        return name_spans([each for each in (value, reason["kana"]) if each], reason["typed"])
    return (
        [span(value)] if reason["exact"] else [span(text, own) for text, own in ((value[:-4], False), (value[-4:], True)) if text]
    )


def name_spans(values: list[str], typed: str) -> list[dict[str, Any]]:
    """Try every piece of every value against every word, and mark what is one; the reader has no index of signs."""
    words = {bare(word) for text in (typed, fold_romaji(typed)) for word in text.split()} - {""}
    for value in [*values, *(romaji(each).title() for each in values)]:
        marks = [False] * len(value)
        for word in words:
            begins = ((first, last) for first in range(len(value)) for last in range(first + 1, len(value) + 1))
            same = next((place for place in begins if bare(value[place[0] : place[1]]) == word and bare(value[place[0]])), None)
            if same:
                end = same[1]
                marks[same[0] : end] = [True] * (end - same[0])
        if any(marks):
            return [
                span("".join(sign for sign, _ in group), own)
                for own, group in groupby(zip(value, marks, strict=True), itemgetter(1))
            ]
    return [span(values[0], False)] if values else []


def bare(text: str) -> str:
    """Return a text as it is compared: without spaces, in Latin letters without marks, their long vowels as they were typed."""
    return "".join(sign for sign, _ in fold_signs(text))


@field("MatchReason", "sentence")
def sentence(reason: dict[str, Any], request: Request, language: str) -> str:
    japanese, english = SENTENCES[reason["kind"]]
    return (japanese if language == "JA" else english).format(reason["matched"])


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
