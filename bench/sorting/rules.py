"""Rules as a company would write them that has read some of its mail, but not what comes up later."""

from __future__ import annotations

from graph.cases.priority_rules import Rule

RULES = (
    Rule("returns", words=("返品", "交換", "キャンセル", "return", "exchange", "cancel"), sets_topic="RETURNS"),
    Rule("billing", words=("請求", "領収書", "返金", "支払い", "invoice", "refund", "charged", "payment"), sets_topic="BILLING"),
    Rule("points", words=("ポイント", "クーポン", "points", "coupon"), sets_topic="POINTS"),
    Rule("account", words=("ログイン", "パスワード", "退会", "log in", "password", "account"), sets_topic="ACCOUNT"),
    Rule("product", words=("壊れ", "傷", "電源", "使い方", "broken", "scratch", "switch on"), sets_topic="PRODUCT"),
    Rule("stock", words=("在庫", "再入荷", "予約", "in stock", "available", "reserve"), sets_topic="STOCK"),
    Rule("delivery", words=("届き", "配送", "荷物", "発送", "arrived", "parcel", "tracking", "deliver"), sets_topic="DELIVERY"),
    Rule("danger", words=("煙", "けが", "fire", "hurt"), sets_priority="URGENT"),
    Rule("hurry", words=("急いで", "至急", "明日", "tomorrow"), sets_priority="HIGH"),
    Rule("no hurry", words=("急ぎではありません", "no hurry"), sets_priority="LOW"),
)
