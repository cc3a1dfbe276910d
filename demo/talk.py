"""What people of the demo town ask and say, and what they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from demo.catalogue import Article


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer and the operator's summary; `{article}` stands for a product's name."""

    topic: str
    question: str
    answer: str
    summary: str


BEFORE_BUYING = (
    Exchange(
        "在庫",
        "{article}の在庫はありますか。",
        "はい、店頭に一点ございます。お取り置きいたします。",
        "在庫の問い合わせ、店頭の一点を案内",
    ),
    Exchange(
        "サイズ",
        "{article}は普段Mですが、どのサイズがよいですか。",
        "ゆったりした作りですので、Mで大丈夫です。",
        "サイズの相談、M を案内",
    ),
    Exchange("素材", "{article}は家で洗えますか。", "手洗いできます。陰干しをお願いいたします。", "洗濯方法の問い合わせ"),
    Exchange("色", "{article}の紺色はいつ入りますか。", "来週の水曜日に入荷の予定です。", "色違いの入荷時期を案内"),
    Exchange(
        "贈り物", "{article}を贈り物にしたいのですが、包装はできますか。", "無料でお包みいたします。", "ギフト包装の問い合わせ"
    ),
)
AFTER_BUYING = (
    Exchange(
        "配送", "荷物がまだ届きません。", "本日中にお届けの予定です。ご心配をおかけしました。", "配送状況の確認、当日配達と案内"
    ),
    Exchange(
        "サイズ交換",
        "{article}が少し大きいので交換できますか。",
        "承ります。未使用でしたら十四日以内に交換いたします。",
        "サイズ交換を受付",
    ),
    Exchange(
        "不良品",
        "{article}のボタンが取れていました。",
        "申し訳ございません。新しい品をお送りいたします。",
        "ボタンの不良、代品を手配",
    ),
    Exchange("領収書", "領収書の宛名を変えられますか。", "マイページから再発行いただけます。", "領収書の宛名変更を案内"),
    Exchange(
        "お手入れ",
        "{article}の手入れの方法を教えてください。",
        "洗濯表示をご覧ください。手引きもお送りします。",
        "手入れの問い合わせ、手引きを送付",
    ),
)
SMALL_TALK = (
    Exchange("ポイント", "ポイントの残高を教えてください。", "マイページでご確認いただけます。", "ポイント残高の問い合わせ"),
    Exchange("営業時間", "今日は何時まで開いていますか。", "夜八時まで営業しております。", "営業時間の問い合わせ"),
    Exchange("会員登録", "住所が変わりました。", "承りました。会員情報を改めます。", "住所変更の受付"),
)
OPINIONS = (
    (10, "満足", "相談に丁寧に乗っていただきました。"),
    (9, "満足", "届くのが早くて助かりました。"),
    (8, "満足", "生地がとてもよかったです。"),
    (7, "普通", "品揃えがもう少し多いとうれしいです。"),
    (5, "普通", "電話がなかなかつながりませんでした。"),
    (3, "不満", "試着室で長く待ちました。"),
)


def messages(random: Random, at: datetime, exchange: Exchange, article: Article, staff: str) -> list[dict[str, str]]:
    """Return a conversation of three or four messages, some minutes apart."""
    texts = [("customer", exchange.question), (staff, exchange.answer), ("customer", "わかりました。ありがとうございます。")]
    if random.random() < 0.4:
        texts.insert(1, (staff, "お問い合わせありがとうございます。お調べします。"))
    return [
        {"at": (at + timedelta(minutes=2 * index)).isoformat(), "from": who, "text": text.format(article=article.name)}
        for index, (who, text) in enumerate(texts)
    ]
