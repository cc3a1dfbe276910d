"""Names of made-up people, put together so that there are many, some frequent and some rare, and some that only read alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, product
from random import Random

_FAMILY_BEGINNINGS = "見本 ミホン,例 レイ,仮 カリ,試 シ,模 モ,架 カ,想 ソウ,雛 ヒナ,高例 タカレイ,演 エン,検 ケン,習 シュウ"
_FAMILY_ENDS = (
    "田 タ,山 ヤマ,川 カワ,本 モト,野 ノ,橋 ハシ,沢 サワ,井 イ,村 ムラ,谷 タニ,原 ハラ,崎 サキ,辺 ベ,島 シマ,口 グチ,"
    "木 キ,瀬 セ,坂 サカ,森 モリ,浜 ハマ"
)
_MALE_BEGINNINGS = (
    "健 ケン,大 ダイ,翔 ショウ,裕 ユウ,祐 ユウ,雄 ユウ,悠 ユウ,真 シン,慎 シン,浩 コウ,光 コウ,孝 コウ,俊 シュン,"
    "駿 シュン,隆 リュウ,竜 リュウ,啓 ケイ,圭 ケイ,恭 キョウ,康 コウ"
)
_MALE_ENDS = "太 タ,太郎 タロウ,介 スケ,輔 スケ,平 ヘイ,一 イチ,司 ジ,吾 ゴ,也 ヤ,人 ト,斗 ト,樹 キ"
_FEMALE_BEGINNINGS = (
    "美 ミ,由 ユ,優 ユ,真 マ,麻 マ,彩 アヤ,綾 アヤ,千 チ,沙 サ,早 サ,奈 ナ,菜 ナ,里 リ,理 リ,恵 エ,絵 エ,智 トモ,"
    "友 トモ,紀 ノリ,陽 ハル"
)
_FEMALE_ENDS = "子 コ,美 ミ,香 カ,花 カ,奈 ナ,菜 ナ,恵 エ,絵 エ,代 ヨ,穂 ホ,里 リ,理 リ"
_OLD_FORMS = str.maketrans("高沢崎辺島浜真恵", "髙澤﨑邊嶋濱眞惠")
_FREQUENT = 8
"""The smaller, the more frequent is the most frequent name: the k-th weighs 1 / (k + this)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A surname or a given name: as written, and its reading in katakana."""

    written: str
    kana: str

    @property
    def old(self) -> str:
        """The same name in the characters of an old register."""
        return self.written.translate(_OLD_FORMS)


class Names:
    """One pool of names, in an order of their own."""

    def __init__(self, beginnings: str, ends: str) -> None:
        parts = product(*([each.split() for each in text.split(",")] for text in (beginnings, ends)))
        self.all = [Part(one + other, kana + more) for (one, kana), (other, more) in parts]
        Random(f"names {beginnings}").shuffle(self.all)
        self.weights = list(accumulate(1 / (place + _FREQUENT) for place in range(len(self.all))))
        self.reading: dict[str, list[Part]] = {}
        for each in self.all:
            self.reading.setdefault(each.kana, []).append(each)

    def drawn(self, random: Random) -> Part:
        return random.choices(self.all, cum_weights=self.weights)[0]

    def read_alike(self, random: Random, name: Part) -> Part:
        """Return a name with the same reading, often the name itself."""
        return random.choice(self.reading[name.kana])


FAMILIES = Names(_FAMILY_BEGINNINGS, _FAMILY_ENDS)
GIVEN = {"MALE": Names(_MALE_BEGINNINGS, _MALE_ENDS), "FEMALE": Names(_FEMALE_BEGINNINGS, _FEMALE_ENDS)}
