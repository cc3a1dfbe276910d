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
# Of the counter: what waits, comes back, and is paid with points and coupons.
COLLECTS_THE_LAST = _character(9020, "演習 エンシュウ enshuu", "渚 ナギサ nagisa FEMALE", "1993-07-15", 0, "pos", "ec")
COMES_TOMORROW = _character(9021, "予行 ヨコウ yokou", "蓮 レン ren MALE", "1989-03-27", 0, "ec", "pos")
CAME_TOO_LATE = _character(9022, "仮題 カダイ kadai", "凪 ナギ nagi FEMALE", "1998-11-11", 0, "ec")
ASKED_TODAY = _character(9023, "試用 シヨウ shiyou", "遥 ハルカ haruka FEMALE", "1985-01-19", 0, "ec", "line")
WAITS_IN_UMEDA = _character(9024, "例示 レイジ reiji", "律 リツ ritsu MALE", "1976-09-02", 2, "ec", "pos")
CHANGED_THEIR_MIND = _character(9025, "試供 シキョウ shikyou", "陽 ヨウ you MALE", "2001-04-30", 1, "ec")
SPENDS_BY_EXPIRY = _character(9026, "習作 シュウサク shuusaku", "薫 カオル kaoru FEMALE", "1982-06-06", 4, "ec", "pos")
OWES_POINTS = _character(9027, "模型 モケイ mokei", "昴 スバル subaru MALE", "1991-12-24", 1, "ec", "pos")
HAS_COUPONS = _character(9028, "例文 レイブン reibun", "翠 ミドリ midori FEMALE", "1994-10-08", 0, "ec", "pos")
OVER_THREE_DOORS = _character(9029, "試演 シエン shien", "咲 サキ saki FEMALE", "1990-05-17", 4, "ec", "pos")
