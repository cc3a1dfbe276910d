"""What is sold in the demo town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.envelope import OPENED, RawEvent, event


@dataclass(frozen=True, slots=True)
class Article:
    """`season` is the months in which it sells best."""

    sku: str
    name: str
    category: str
    price: int
    season: range
    notes: str


_WHOLE_YEAR = range(1, 13)
_KINDS = (
    ("ジャケット", 19800, _WHOLE_YEAR),
    ("シャツ", 6900, range(3, 10)),
    ("ワンピース", 14800, range(4, 9)),
    ("パンツ", 9800, _WHOLE_YEAR),
    ("コート", 39800, range(10, 13)),
    ("スカーフ", 4900, range(9, 13)),
    ("ニット", 8900, range(9, 13)),
    ("スニーカー", 12800, _WHOLE_YEAR),
    ("バッグ", 16800, _WHOLE_YEAR),
    ("ベルト", 3900, _WHOLE_YEAR),
)
_STYLES = (
    ("ベーシック", "定番。しわになりにくい混紡。"),
    ("リネン", "麻 100 %。洗うと少し縮むため、ゆとりのあるサイズを。"),
    ("ウール", "毛 100 %。ドライクリーニングのみ。"),
    ("デニム", "綿 100 %。色落ちするため単独で洗う。"),
    ("撥水", "小雨に耐える撥水加工。アイロンで効果が戻る。"),
    ("オーガニックコットン", "有機栽培の綿 100 %。肌の弱い方に。"),
)
ARTICLES = tuple(
    Article(f"SKU-{1 + index:03d}", f"見本 {style}{kind}", kind, price + 500 * place, season, notes)
    for index, (kind, price, season, place, style, notes) in enumerate(
        (kind, price, season, place, style, notes)
        for kind, price, season in _KINDS
        for place, (style, notes) in enumerate(_STYLES)
    )
)
_BY_SKU = {article.sku: article for article in ARTICLES}


def article(sku: str) -> Article:
    return _BY_SKU[sku]


def products() -> Iterator[RawEvent]:
    """Yield what is sold."""
    for number, one in enumerate(ARTICLES, 1):
        data = {
            "name": one.name,
            "brand": "MIHON",
            "categories": ["衣料品" if number <= 42 else "服飾雑貨", one.category],
            "price": str(one.price),
            "currency": "JPY",
            "jan": f"49000000{number:05d}",
            "notes": one.notes,
        }
        yield event("product", "/erp", f"product-{one.sku}", OPENED, data, subject=one.sku)
