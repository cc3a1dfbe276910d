"""The names of the demo town, visibly made up: test, sample and exercise people, in kanji old and new, kana and Latin."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

# A surname that means test, sample, example, assumption, fiction, exercise ... with an ordinary given name,
# or an ordinary surname in its old form with a given name that means the same.
_MADE_UP_FAMILIES = (
    "試験 シケン shiken", "見本 ミホン mihon", "例田 レイダ reida", "仮野 カリノ karino", "架空 カクウ kakuu",
    "模擬 モギ mogi", "雛形 ヒナガタ hinagata", "想定 ソウテイ soutei", "例﨑 レイザキ reizaki", "髙例 タカレイ takarei",
    "試作 シサク shisaku", "仮置 カリオキ karioki", "練習 レンシュウ renshuu", "見本川 ミホンガワ mihongawa",
    "見本山 ミホンヤマ mihonyama", "見本橋 ミホンバシ mihonbashi", "見本谷 ミホンダニ mihondani", "例沢 レイサワ reisawa",
    "例本 レイモト reimoto", "例井 レイイ reii", "仮田 カリタ karita", "仮屋敷 カリヤシキ kariyashiki",
    "仮澤 カリサワ karisawa", "試田 シダ shida", "試野 シノ shino", "試山 シヤマ shiyama", "架橋 カキョウ kakyou",
    "空想 クウソウ kuusou", "想原 オモハラ omohara", "模型 モケイ mokei", "模田 モダ moda", "雛田 ヒナダ hinada",
    "稽古 ケイコ keiko", "検証 ケンショウ kenshou", "初期 ショキ shoki", "参考 サンコウ sankou", "演習 エンシュウ enshuu",
    "下書 シタガキ shitagaki", "目安 メヤス meyasu", "例邊 レイナベ reinabe",
)  # fmt: skip
_GIVEN = (
    "太郎 タロウ taro MALE", "花子 ハナコ hanako FEMALE", "一郎 イチロウ ichiro MALE", "桜 サクラ sakura FEMALE",
    "健 ケン ken MALE", "葵 アオイ aoi FEMALE", "翔 ショウ sho MALE", "美咲 ミサキ misaki FEMALE",
    "大輔 ダイスケ daisuke MALE", "由美 ユミ yumi FEMALE", "誠 マコト makoto MALE", "結衣 ユイ yui FEMALE",
    "次郎 ジロウ jiro MALE", "楓 カエデ kaede FEMALE", "蓮 レン ren MALE", "陽菜 ヒナ hina FEMALE",
    "悠真 ユウマ yuma MALE", "恵子 ケイコ keiko FEMALE", "浩 ヒロシ hiroshi MALE", "明美 アケミ akemi FEMALE",
    "拓也 タクヤ takuya MALE", "愛 アイ ai FEMALE", "直樹 ナオキ naoki MALE", "久美子 クミコ kumiko FEMALE",
    "和夫 カズオ kazuo MALE", "智子 トモコ tomoko FEMALE", "隆 タカシ takashi MALE", "真由美 マユミ mayumi FEMALE",
    "涼 リョウ ryo MALE", "七海 ナナミ nanami FEMALE", "茂 シゲル shigeru MALE", "千代 チヨ chiyo FEMALE",
    "海斗 カイト kaito MALE", "凛 リン rin FEMALE", "眞一 シンイチ shinichi MALE", "惠 メグミ megumi FEMALE",
)  # fmt: skip
_OLD_FAMILIES = (
    "髙橋 タカハシ takahashi", "渡邊 ワタナベ watanabe", "渡邉 ワタナベ watanabe", "齋藤 サイトウ saito", "齊藤 サイトウ saito",
    "𠮷田 ヨシダ yoshida", "濱口 ハマグチ hamaguchi", "澤田 サワダ sawada", "櫻井 サクライ sakurai", "廣瀬 ヒロセ hirose",
    "嶋﨑 シマザキ shimazaki", "邊見 ヘンミ henmi",
)  # fmt: skip
_MADE_UP_GIVEN = (
    "試郎 シロウ shiro MALE", "見本子 ミホコ mihoko FEMALE", "例太 レイタ reita MALE", "例子 レイコ reiko FEMALE",
    "仮名子 カナコ kanako FEMALE", "架空 カクウ kakuu MALE", "模造 モゾウ mozo MALE", "雛子 ヒナコ hinako FEMALE",
    "想太 ソウタ sota MALE", "試織 シオリ shiori FEMALE",
)  # fmt: skip
_FOREIGN_FAMILIES = (
    "Sample サンプル sample", "Example エグザンプル example", "Specimen スペシメン specimen", "Muster ムスター muster",
    "Ejemplo エヘンプロ ejemplo", "Exemple エグザンプル exemple", "Fictional フィクショナル fictional",
    "Placeholder プレースホルダー placeholder",
)  # fmt: skip
_FOREIGN_GIVEN = (
    "Maria マリア maria FEMALE", "John ジョン john MALE", "Emma エマ emma FEMALE", "Lucas ルーカス lucas MALE",
    "Mei メイ mei FEMALE", "Minh ミン minh MALE", "Priya プリヤ priya FEMALE", "Chris クリス chris OTHER",
)  # fmt: skip
_POOLS = ((_MADE_UP_FAMILIES, _GIVEN), (_OLD_FAMILIES, _MADE_UP_GIVEN), (_FOREIGN_FAMILIES, _FOREIGN_GIVEN))
_SHARES = (84, 12, 4)
_NEW_FORMS = str.maketrans("髙﨑邊邉齋齊𠮷濱澤櫻廣嶋眞惠", "高崎辺辺斎斉吉浜沢桜広島真恵")


@dataclass(frozen=True, slots=True)
class Name:
    """`family`, `kana_family` and `romaji_family` are one name in three scripts; so are the given ones."""

    family: str
    given: str
    kana_family: str
    kana_given: str
    romaji_family: str
    romaji_given: str
    gender: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}" if self.foreign else f"{self.family} {self.given}"

    @property
    def kana(self) -> str:
        return f"{self.kana_family} {self.kana_given}"

    @property
    def foreign(self) -> bool:
        return self.family.isascii()

    @property
    def simplified_family(self) -> str:
        """The surname as a form with fewer characters takes it: 髙橋 as 高橋."""
        return self.family.translate(_NEW_FORMS)


def drawn_name(random: Random, family: str | None = None) -> Name:
    """Return a name; with `family`, one of that made-up family."""
    if family is not None:
        return name_of(next(one for one in _MADE_UP_FAMILIES if one.startswith(f"{family} ")), random.choice(_GIVEN))
    families, given = random.choices(_POOLS, weights=_SHARES)[0]
    return name_of(random.choice(families), random.choice(given))


def name_of(family: str, given: str) -> Name:
    """Return the name of `試験 シケン shiken` and `太郎 タロウ taro MALE`."""
    written, reading, romaji = family.split()
    given_written, given_reading, given_romaji, gender = given.split()
    return Name(written, given_written, reading, given_reading, romaji, given_romaji, gender)
