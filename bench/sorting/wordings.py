"""What made-up customers write, by what it is about: sentences that share words over the topics, and some that come up late."""

from __future__ import annotations

EARLY: dict[str, tuple[str, ...]] = {
    "DELIVERY": (
        "注文した{item}がまだ届きません。", "配送状況を教えてください。", "お届け予定日を過ぎましたが荷物が来ません。",
        "届け先の住所を変更できますか。", "不在票が入っていました。再配達をお願いします。", "発送はいつになりますか。",
        "My {item} has not arrived yet.", "Where is my parcel?", "The tracking number does not work.",
        "Can you deliver the {item} to another address?", "When will my order be shipped?",
    ),
    "RETURNS": (
        "{item}を返品したいです。", "サイズが合わないので交換できますか。", "届いた{item}がイメージと違うため返したいです。",
        "返品の送料はどちらの負担ですか。", "返送用のラベルを送ってください。", "注文をキャンセルしたいです。",
        "I would like to return the {item}.", "Can I exchange the {item} for a larger size?",
        "How do I send back what arrived yesterday?", "Please cancel my order.", "Who pays for the return shipment?",
    ),
    "BILLING": (
        "請求書を再発行してください。", "領収書の宛名を変更したいです。", "カードに二重に請求されています。",
        "返金がまだ口座に入っていません。", "支払い方法を変更できますか。", "送料が高く請求されているようです。",
        "I was charged twice for the {item}.", "Please send me an invoice.", "The refund is not on my card yet.",
        "Can I change the payment method?", "Why was shipping charged for this order?",
    ),
    "PRODUCT": (
        "{item}が壊れていました。", "{item}の使い方が分かりません。",
        "届いた{item}に傷があります。", "{item}の電源が入りません。",
        "部品が一つ足りません。", "{item}の素材を教えてください。",
        "The {item} is broken.", "The {item} does not switch on.", "There is a scratch on the {item} that arrived.",
        "How do I clean the {item}?", "A part is missing in the box.",
    ),
    "STOCK": (
        "{item}の再入荷はいつですか。", "{item}の在庫はありますか。", "新宿店に{item}はありますか。", "取り寄せできますか。",
        "{item}を予約できますか。", "他の色はありますか。",
        "Is the {item} in stock?", "When will the {item} be available again?", "Do you have the {item} in your store?",
        "Can I reserve the {item}?", "Is there another colour of the {item}?",
    ),
    "ACCOUNT": (
        "ログインできません。", "パスワードを忘れました。", "登録したメールアドレスを変更したいです。", "会員を退会したいです。",
        "登録の住所を変更したいです。", "認証コードが届きません。",
        "I cannot log in.", "I forgot my password.", "Please change the address in my account.", "Please delete my account.",
        "The code for signing in has not arrived.",
    ),
    "POINTS": (
        "ポイントが付いていません。", "ポイントの有効期限を教えてください。", "クーポンが使えません。",
        "会員ランクはいつ上がりますか。",
        "返品した分のポイントはどうなりますか。",
        "My points are missing.", "When do my points expire?", "The coupon does not work.",
        "What happens to the points of an order that I cancel?",
    ),
}  # fmt: skip
"""Topic -> sentences; `{item}` is any item."""
LATE: dict[str, tuple[str, ...]] = {
    "DELIVERY": (
        "置き配の写真に写っているのは別の玄関です。",
        "コンビニ受け取りの通知が来ません。",
        "The locker says it is empty.",
    ),
    "RETURNS": ("アプリから集荷を頼めますか。", "QRコードで送り返せると聞きました。", "The drop-off point refused my {item}."),
    "BILLING": ("後払いの審査に落ちました。", "インボイス番号を記載してください。", "My wallet app shows a pending amount."),
    "PRODUCT": ("アップデート後に{item}が固まります。", "{item}から異音がします。", "The app cannot find my {item}."),
    "STOCK": ("抽選販売の結果はいつ分かりますか。", "入荷通知を受け取りたいです。", "How does the raffle for the {item} work?"),
    "ACCOUNT": ("パスキーが使えなくなりました。", "LINE連携を解除したいです。", "My passkey is not accepted."),
    "POINTS": ("スタンプカードの特典が表示されません。", "紹介キャンペーンの特典が付きません。", "My stamp card is empty."),
}
"""Sentences that nobody writes in the first two thirds of the time."""
UNCLEAR = (
    "先日の件ですが、まだ連絡がありません。", "注文番号{order}について確認をお願いします。", "{item}のことで教えてください。",
    "対応をお願いします。", "どうなっていますか。", "写真を添付します。",
    "Any news?", "Please check my order {order}.", "I have a question about the {item}.", "See the attached picture.",
    "Nobody has answered me.",
)  # fmt: skip
"""Sentences that may stand in a message about anything."""
SIDE = {
    "DELIVERY": "昨日届きました。", "RETURNS": "無理なら返品します。", "BILLING": "支払いは済んでいます。",
    "PRODUCT": "使う前です。",
    "STOCK": "在庫があると聞いて買いました。", "ACCOUNT": "会員です。", "POINTS": "ポイントも使いました。",
}  # fmt: skip
"""Sentences that touch on another topic than that of the message."""
URGENT = (
    "煙が出ました。すぐ連絡をください。",
    "子どもがけがをしました。",
    "It is smoking and smells of fire.",
    "Someone got hurt.",
)
HIGH = (
    "明日使うので急いでいます。", "至急お願いします。", "もう三回目の連絡です。", "週末の贈り物です。",
    "I need it by tomorrow.", "This is the third time that I write.", "It is a gift for this weekend.",
)  # fmt: skip
LOW = ("急ぎではありません。", "お手すきの時にお願いします。", "No hurry.", "Just curious.")
HELLO = ("お世話になっております。", "こんにちは。", "いつも利用しています。", "", "", "Hello,", "Hi there,", "")
BYE = ("よろしくお願いいたします。", "ご確認ください。", "", "", "Thanks.", "Best regards", "")
ITEMS = (
    "ペン", "ノート", "鞄", "傘", "時計", "水筒", "カップ", "ライト", "加湿器", "ランプ",
    "pen", "bag", "umbrella", "watch", "bottle", "lamp", "humidifier", "notebook",
)  # fmt: skip
