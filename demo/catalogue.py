"""The stores and products of the demo town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.envelope import BEGIN, RawEvent, event


@dataclass(frozen=True, slots=True)
class Shop:
    code: str
    name: str
    kana: str
    address: str
    latitude: float
    longitude: float
    phone: str


@dataclass(frozen=True, slots=True)
class Article:
    sku: str
    name: str
    category: str
    price: int


SHOPS = (
    Shop("ginza", "見本屋 銀座店", "ミホンヤ ギンザテン", "東京都中央区銀座0丁目0番1号", 35.6717, 139.7650, "03-1234-9001"),
    Shop("shibuya", "見本屋 渋谷店", "ミホンヤ シブヤテン", "東京都渋谷区道玄坂0丁目0番2号", 35.6595, 139.7005, "03-1234-9002"),
    Shop("umeda", "見本屋 梅田店", "ミホンヤ ウメダテン", "大阪府大阪市北区梅田0丁目0番3号", 34.7025, 135.4959, "06-6000-9003"),
    Shop(
        "sapporo",
        "見本屋 札幌店",
        "ミホンヤ サッポロテン",
        "北海道札幌市中央区南0条西0丁目4番",
        43.0555,
        141.3527,
        "011-200-9004",
    ),
)
_KINDS = (("ジャケット", 19800), ("シャツ", 6900), ("ワンピース", 14800), ("パンツ", 9800), ("コート", 39800), ("スカーフ", 4900))
_STYLES = ("ベーシック", "リネン", "ウール", "デニム", "撥水", "オーガニックコットン")
ARTICLES = tuple(
    Article(f"SKU-{1 + index:03d}", f"見本 {style}{kind}", kind, price + 500 * place)
    for index, (kind, price, style, place) in enumerate(
        (kind, price, style, place) for kind, price in _KINDS for place, style in enumerate(_STYLES)
    )
)


def stores() -> Iterator[RawEvent]:
    """Yield the four shops, the web shop, the warehouse and the call centre."""
    for shop in SHOPS:
        data = {
            "name": shop.name,
            "kana": shop.kana,
            "kind": "SHOP",
            "address": shop.address,
            "location": {"latitude": shop.latitude, "longitude": shop.longitude},
            "phone": shop.phone,
            "hours": "10:00-20:00",
            "timeZone": "Asia/Tokyo",
        }
        yield event("store", "/erp", f"store-{shop.code}", BEGIN, data, subject=shop.code)
    for code, name, kind in (
        ("web", "見本屋 オンライン", "WEB"),
        ("depot", "見本屋 倉庫", "WAREHOUSE"),
        ("center", "見本屋 お客様窓口", "CALL_CENTER"),
    ):
        yield event("store", "/erp", f"store-{code}", BEGIN, {"name": name, "kind": kind, "timeZone": "Asia/Tokyo"}, subject=code)


def products() -> Iterator[RawEvent]:
    """Yield what is sold."""
    for number, article in enumerate(ARTICLES, 1):
        data = {
            "name": article.name,
            "brand": "MIHON",
            "categories": ["衣料品", article.category],
            "price": str(article.price),
            "currency": "JPY",
            "jan": f"49000000{number:05d}",
        }
        yield event("product", "/erp", f"product-{article.sku}", BEGIN, data, subject=article.sku)
