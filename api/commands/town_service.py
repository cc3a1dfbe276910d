"""The service desk of the demo town: its teams, and what no event tells - requests, promises, questions to other teams."""

from __future__ import annotations

from api.access.development_tokens import claims_of
from api.commands.event_sending import send_events
from api.commands.town_asking import TownAsking
from demo.envelope import by_identifier, event
from resolvers.access.roles import Role

OPERATOR, EXPERT = (claims_of(role)["sub"] for role in (Role.CALL_CENTER, Role.EXPERT))
TEAMS: dict[str, tuple[str, list[str]]] = {
    "care": ("お客様相談室", [OPERATOR, *(f"op-{number}" for number in range(1, 7))]),
    "online": ("通販サポート", [OPERATOR, *(f"op-{number}" for number in range(7, 13))]),
    "stores": ("店舗サポート", [OPERATOR]),
    "product": ("商品部", [EXPERT]),
}
ASSIGNING, OFFER_MINUTES = "online", 15
"""The team whose cases are assigned automatically, and within how many minutes they are to be taken up."""
CUSTOMER = """
query ($phone: String!) {
  customer(by: {phone: $phone}) {
    id
    cases { totalCount }
    timeline(first: 1, filter: {channels: [PHONE]}) { edges { node { id } } }
  }
}
"""
STORE = "query ($code: String!) { store(by: {code: $code}) { id } }"
EXCHANGING, ASKED_BY_PHONE, THANKFUL = "090-1234-9013", "090-1234-9003", "090-1234-9010"
"""Characters of the stories, by their mobile numbers (docs/demo-town.md)."""


class TownService:
    def __init__(self, town: TownAsking) -> None:
        self._town = town

    async def set_up(self) -> None:
        """Set up the teams and tell the stories of docs/demo-town.md, unless the last of them has been told."""
        if (await self._town.ask(CUSTOMER, phone=THANKFUL))["customer"]["cases"]["totalCount"]:
            return
        for code, (name, accounts) in TEAMS.items():
            members = [{"account": account, "languages": ["ja", "en"], "capacity": 5} for account in accounts]
            assigning = {"assigns": code == ASSIGNING, "offerMinutes": OFFER_MINUTES if code == ASSIGNING else None}
            await self._town.do("teamPut", code, code=code, name=name, members=members, **assigning)
        await self._exchange()
        await self._store_asks()
        await self._kept_promise()
        await self._thanks()

    async def _exchange(self) -> None:
        """A dress to be exchanged: the product department is asked, and one promise is soon late."""
        asked = (await self._town.ask(CUSTOMER, phone=EXCHANGING))["customer"]
        [call] = [edge["node"]["id"] for edge in asked["timeline"]["edges"]]
        told = {
            "touchpointId": call,
            "another": True,
            "team": "care",
            "assignee": OPERATOR,
            "priority": "HIGH",
            "topic": "サイズ交換",
        }
        case = await self._town.do("caseOpen", "exchange", subject="ワンピースの交換、代わりの品の在庫を確認", **told)
        on = {"case": {"id": case["case"]["id"]}}
        question = "同じ色の11号を、来週までに用意できますか。"
        town = self._town
        await town.do("caseEscalate", "exchange-ask", **on, team="product", note=question, answerBy=town.later(hours=24))
        await town.do("promiseMake", "exchange-call", **on, text="在庫の有無を電話で折り返す", dueAt=town.later(minutes=2))
        await town.do("promiseMake", "exchange-send", **on, text="代わりの品の発送日を知らせる", dueAt=town.later(hours=20))

    async def _store_asks(self) -> None:
        store = (await self._town.ask(STORE, code="ginza"))["store"]["id"]
        note = "お客様の取り置き分です。横浜店に一点あると聞きました。"
        await self._town.do("caseOpen", "store", subject="ウールコート紺Mの取り寄せ", storeId=store, team="stores", note=note)

    async def _kept_promise(self) -> None:
        customer = (await self._town.ask(CUSTOMER, phone=ASKED_BY_PHONE))["customer"]["id"]
        about = {"customerId": customer, "text": "コートの色違いの入荷日を知らせる", "dueAt": self._town.later(hours=3)}
        made = await self._town.do("promiseMake", "coat", **about)
        await self._town.do("promiseKeep", "coat-kept", promiseId=made["promise"]["id"])

    async def _thanks(self) -> None:
        """A case that is resolved, and thanks for it, which open nothing again."""
        customer = (await self._town.ask(CUSTOMER, phone=THANKFUL))["customer"]["id"]
        about = {"customerId": customer, "team": "online", "assignee": OPERATOR, "topic": "領収書"}
        case = (await self._town.do("caseOpen", "receipt", subject="領収書の宛名変更", **about))["case"]
        done = {"code": "INFORMED", "note": "マイページから再発行できることを案内"}
        await self._town.do("caseSetState", "receipt-done", cases=[{"id": case["id"]}], state="RESOLVED", **done)
        said = {
            "kind": "SMS",
            "direction": "INBOUND",
            "text": "ありがとうございました。助かりました。",
            "reference": case["number"],
        }
        thanks = event("interaction", "/sms", "thanks-9010", self._town.now, {**said, "by": by_identifier("PHONE", THANKFUL)})
        await send_events(self._town.door, [thanks], lambda _: None)
