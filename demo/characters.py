"""The characters of the demo town's stories; docs/demo-town.md introduces them."""

from __future__ import annotations

from datetime import date

from demo.envelope import moment
from demo.names import name_of
from demo.people import Resident, joined_at


def _character(
    number: int, family: str, given: str, birth: str, shop: int, *systems: str, since: str = "2025-02-08T13:00"
) -> Resident:
    joined = joined_at(*systems, on=moment(since))
    return Resident(number, name_of(family, given), date.fromisoformat(birth), shop, "SHOPPER", joined)


TARO = _character(
    1, "試験 シケン shiken", "太郎 タロウ taro MALE", "1988-08-08", 0, "pos", "ec", "line", "app", "cti", since="2024-11-05T11:00"
)
ASKED_BY_PHONE = _character(9003, "例田 レイダ reida", "美咲 ミサキ misaki FEMALE", "1991-04-12", 1, "pos")
AT_THE_COUNTER = _character(9004, "仮野 カリノ karino", "健 ケン ken MALE", "1984-10-30", 2, "ec", "pos")
GUEST = _character(9005, "架空 カクウ kakuu", "葵 アオイ aoi FEMALE", "1996-01-25", 4, "ec", since="2026-05-16T20:30")
NIGHT_OWL = _character(9013, "練習 レンシュウ renshuu", "楓 カエデ kaede FEMALE", "1999-11-03", 0, "ec", "line")
BROUGHT_BACK = _character(9007, "雛形 ヒナガタ hinagata", "大輔 ダイスケ daisuke MALE", "1979-06-17", 0, "pos")
BEFORE_MARRIAGE = _character(9008, "試作 シサク shisaku", "結衣 ユイ yui FEMALE", "1995-09-09", 3, "pos", "ec")
FOREIGNER = _character(9009, "Sample サンプル sample", "Maria マリア maria FEMALE", "1990-02-14", 1, "ec", "pos")
AGREED_AND_REFUSED = _character(9010, "標本 ヒョウホン hyouhon", "彩 アヤ aya FEMALE", "1987-12-01", 1, "pos", "ec")
STOPPED_BY_MESSAGE = _character(
    9011, "範例 ハンレイ hanrei", "勇 イサム isamu MALE", "1972-05-22", 4, "pos", since="2026-03-14T15:00"
)
