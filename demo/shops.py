"""The places of the demo town: eight shops, the web shop, the warehouse and the call centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.envelope import OPENED, RawEvent, event


@dataclass(frozen=True, slots=True)
class Shop:
    """`town` is where its customers live, `weight` how many of them it has.

    Something can be picked up `lead_hours` after it was asked for at the earliest.
    """

    code: str
    name: str
    kana: str
    address: str
    latitude: float
    longitude: float
    phone: str
    town: str
    weight: int
    lead_hours: int = 0


SHOPS = (
    Shop(
        "ginza",
        "見本屋 銀座店",
        "ミホンヤ ギンザテン",
        "東京都中央区銀座0丁目0番1号",
        35.6717,
        139.7650,
        "03-1234-9001",
        "東京都見本区例町",
        24,
    ),
    Shop(
        "shibuya",
        "見本屋 渋谷店",
        "ミホンヤ シブヤテン",
        "東京都渋谷区道玄坂0丁目0番2号",
        35.6595,
        139.7005,
        "03-1234-9002",
        "東京都試験区仮町",
        22,
    ),
    Shop(
        "umeda",
        "見本屋 梅田店",
        "ミホンヤ ウメダテン",
        "大阪府大阪市北区梅田0丁目0番3号",
        34.7025,
        135.4959,
        "06-6000-9003",
        "大阪府見本市例町",
        17,
    ),
    Shop(
        "sapporo",
        "見本屋 札幌店",
        "ミホンヤ サッポロテン",
        "北海道札幌市中央区南0条西0丁目4番",
        43.0555,
        141.3527,
        "011-200-9004",
        "北海道見本市雪町",
        7,
    ),
    Shop(
        "yokohama",
        "見本屋 横浜店",
        "ミホンヤ ヨコハマテン",
        "神奈川県横浜市西区高島0丁目0番5号",
        35.4657,
        139.6223,
        "045-300-9005",
        "神奈川県見本市港町",
        10,
    ),
    Shop(
        "nagoya",
        "見本屋 名古屋店",
        "ミホンヤ ナゴヤテン",
        "愛知県名古屋市中村区名駅0丁目0番6号",
        35.1709,
        136.8815,
        "052-400-9006",
        "愛知県見本市城町",
        8,
        lead_hours=4,
    ),
    Shop(
        "sendai",
        "見本屋 仙台店",
        "ミホンヤ センダイテン",
        "宮城県仙台市青葉区中央0丁目0番7号",
        38.2601,
        140.8824,
        "022-200-9007",
        "宮城県見本市杜町",
        5,
    ),
    Shop(
        "fukuoka",
        "見本屋 福岡店",
        "ミホンヤ フクオカテン",
        "福岡県福岡市中央区天神0丁目0番8号",
        33.5914,
        130.3989,
        "092-400-9008",
        "福岡県見本市潮町",
        7,
    ),
)


def stores() -> Iterator[RawEvent]:
    """Yield the shops, the web shop, the warehouse and the call centre."""
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
            "pickupLeadHours": shop.lead_hours,
        }
        yield event("store", "/erp", f"store-{shop.code}", OPENED, data, subject=shop.code)
    for code, name, kind in (
        ("web", "見本屋 オンライン", "WEB"),
        ("depot", "見本屋 倉庫", "WAREHOUSE"),
        ("center", "見本屋 お客様窓口", "CALL_CENTER"),
    ):
        yield event(
            "store", "/erp", f"store-{code}", OPENED, {"name": name, "kind": kind, "timeZone": "Asia/Tokyo"}, subject=code
        )
