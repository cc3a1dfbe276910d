"""Where a Japanese address begins: prefecture and municipality, and which of them cannot be told without the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 "
    "神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 "
    "大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 "
    "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
PREFECTURES = tuple(_PREFECTURES.split())

_HOMONYMS = frozenset({"府中市", "伊達市", "中央区", "港区", "北区"})
"""In more prefectures than one: without their prefecture it would be a guess."""
_TOKYO = "東京都"
_WARDS = (
    "千代田区 中央区 港区 新宿区 文京区 台東区 墨田区 江東区 品川区 目黒区 大田区 世田谷区 渋谷区 "
    "中野区 杉並区 豊島区 北区 荒川区 板橋区 練馬区 足立区 葛飾区 江戸川区"
)
_TOKYO_WARDS = frozenset(_WARDS.split())

# Names that hold one of the signs by which the others end.
_CITIES = (
    "市川市|市原市|四日市市|廿日市市|野々市市|町田市|大町市|十日町市|村上市|村山市|東村山市|武蔵村山市|羽村市|田村市|大村市|中村市|"
    "郡山市|大和郡山市|蒲郡市|小郡市|郡上市"
)
_TOWNS = "大町町|玉村町|余市町|上市町|村田町|下市町|市貝町|市川町|市川三郷町|郡家町"
_CITY = re.compile(rf"(?P<city>{_CITIES}|[^\d市区町村郡]{{1,6}}市)(?P<ward>[^\d市区町村]{{1,4}}区)?")
_WARD = re.compile(r"[^\d市区町村]{1,4}区")
_TOWN = re.compile(rf"(?P<town>{_TOWNS}|[^\d市区町村郡]{{1,6}}[町村])")
_COUNTY = re.compile(rf"(?:余市|高市|[^\d市区町村郡]{{1,5}})郡{_TOWN.pattern}")


@dataclass(frozen=True, slots=True)
class Municipality:
    """`name` is what the municipality is told by: a town bears its prefecture, since its name is not its own."""

    prefecture: str | None
    name: str


def read_municipality(text: str) -> tuple[Municipality | None, str]:
    """Return the municipality at the start of a folded address, None where it would be a guess, and what follows it."""
    prefecture = next((name for name in PREFECTURES if text.startswith(name)), None)
    rest = _without_repeats(text.removeprefix(prefecture or ""), prefecture)
    if found := _COUNTY.match(rest):
        return _town(prefecture, found["town"]), _without_repeats(rest[found.end() :], prefecture, found[0], found["town"])
    if found := _CITY.match(rest):
        city, ward = found["city"], found["ward"] or ""
        told = city if city not in _HOMONYMS else (prefecture or "") + city
        known = prefecture is not None or city not in _HOMONYMS
        rest = _without_repeats(rest[found.end() :], prefecture, found[0], city, ward)
        return (Municipality(prefecture, told + ward) if known else None), rest
    if found := _WARD.match(rest):
        return _of_tokyo(prefecture, found[0]), _without_repeats(rest[found.end() :], prefecture, found[0])
    if found := _TOWN.match(rest):
        return _town(prefecture, found["town"]), _without_repeats(rest[found.end() :], prefecture, found[0])
    return None, rest


def _without_repeats(rest: str, *names: str | None) -> str:
    """Return a text without these at its beginning: forms with a field for each part get the whole into the last one."""
    while again := next((name for name in names if name and rest.startswith(name)), None):
        rest = rest.removeprefix(again)
    return rest


def _town(prefecture: str | None, town: str) -> Municipality | None:
    return Municipality(prefecture, prefecture + town) if prefecture else None


def _of_tokyo(prefecture: str | None, ward: str) -> Municipality | None:
    """A ward without a city is one of Tokyo's own; of the others a city is missing."""
    if ward not in _TOKYO_WARDS or prefecture not in (None, _TOKYO) or (prefecture is None and ward in _HOMONYMS):
        return None
    return Municipality(_TOKYO, ward)
