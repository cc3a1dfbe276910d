"""Names as the search indexes hold them and as a query must be folded to meet them: one folding for both sides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import jaconv

# Old and variant forms that occur in family and given names -> the form most people type; selectors of a variant vanish.
_VARIANTS = str.maketrans(
    "髙﨑嵜邊邉澤齋齊斉濵濱嶋嶌眞國廣櫻惠壽龍瀧曾槇圓榮學實條應莊寬德晉淺潤靜豐增彌萬藏戶緖鷗靏栁桒渕淵絲來禮點縣壯將奧瑤遙與豫冨舘彥斈黑步狹臺當竝發鄕鄰橫歷"
    "溫穗緣聰聲藝藥螢譽賴釋鐵關顯鷄麥龜吳內寳寶尙嶽峯恆收敎數會爲稻總舊萠蔣凉冲劍勳卷圖壹峽强戰曉枩檜瀨熙靑淸槗邨姬攝參傳佛澁澀燒貳雙鶯粹祕續硏祿錄隱驛濶頰",
    "高崎崎辺辺沢斎斎斎浜浜島島真国広桜恵寿竜滝曽槙円栄学実条応荘寛徳晋浅潤静豊増弥万蔵戸緒鴎鶴柳桑淵淵糸来礼点県壮将奥瑶遥与予富館彦学黒歩狭台当並発郷隣横歴"
    "温穂縁聡声芸薬蛍誉頼釈鉄関顕鶏麦亀呉内宝宝尚岳峰恒収教数会為稲総旧萌蒋涼沖剣勲巻図壱峡強戦暁松桧瀬煕青清橋村姫摂参伝仏渋渋焼弐双鴬粋秘続研禄録隠駅闊頬",
) | {0x20BB7: "吉", 0x2363A: "橋", **dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])}
_LONG_VOWELS = re.compile(r"(?<=o)[ou]+|(?<=u)u+|(?<=[aei])-|[-'’]")
_KANA = re.compile(r"[぀-ヿー]+")
_LATIN = re.compile(r"[a-z]")


def fold_name(text: str) -> str:
    """Return a name in one form: NFKC, common kanji, katakana, lower case, single spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    return " ".join(jaconv.hira2kata(plain).casefold().split())


def fold_sign(sign: str) -> str:
    """Return what one character of a name or reading becomes when it is folded; nothing for a space or an apostrophe."""
    plain = "".join(fold_name(sign).split())
    bare = fold_romaji(plain)
    return bare if bare.isascii() else plain


def fold_romaji(text: str) -> str:
    """Return Latin letters with long vowels shortened, so that yuuko, yūko and yuko meet."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(_LONG_VOWELS.sub("", bare).split())


def romaji(kana: str) -> str:
    """Return the Hepburn reading of kana, folded; empty when there is anything but kana in it."""
    folded = fold_name(kana)
    if not folded or not all(_KANA.fullmatch(part) for part in folded.split()):
        return ""
    return fold_romaji(jaconv.kana2alphabet(jaconv.kata2hira(folded)))


def index_forms(names: Iterable[str], kanas: Iterable[str]) -> tuple[str, str]:
    """Return what a customer is found by: (space-free names and kana, Latin names and readings), each form once."""
    text: dict[str, None] = {}
    latin: dict[str, None] = {}
    for name in (*names, *kanas):
        folded = fold_name(name)
        if _LATIN.search(folded):
            latin[fold_romaji(folded)] = None
        else:
            text[folded.replace(" ", "")] = None
        if reading := romaji(name):
            latin[reading] = None
    return " ".join(filter(None, text)), " ".join(filter(None, latin))
