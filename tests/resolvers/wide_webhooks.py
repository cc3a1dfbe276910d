"""Endpoints of webhooks beside the wide town: one that is on, one that was switched off, and what was sent."""

from __future__ import annotations

from typing import LiteralString

from graph.store import Store, Transaction

CREATE: LiteralString = """
UNWIND $p.endpoints AS row CREATE (w:WebhookEndpoint) SET w = row
WITH count(*) AS made
UNWIND $p.deliveries AS row CREATE (d:WebhookDelivery) SET d = row
"""
AT = "2026-05-01T10:00:00.000000Z"
FAILED = '{"attemptedAt":"2026-05-01T10:00:01.000000Z","status":500,"failure":null,"answer":"<b>no</b>","milliseconds":12}'
HUNG = '{"attemptedAt":"2026-05-01T10:00:30.000000Z","status":null,"failure":"TIMEOUT","answer":null,"milliseconds":20000}'


async def listen(store: Store) -> dict[str, str]:
    """Write them and return their raw ids with their types."""
    endpoints = [
        {"id": "hook-on", "types": ["customer"], "enabled": True, "keys_until": ["", AT]},
        {"id": "hook-off", "types": [], "enabled": False, "keys_until": [""], "off_reason": "GONE", "off_at": AT},
    ]
    deliveries = [
        {"id": "sent-1", "state": "DELIVERED", "seq": 5, "attempts": "[]", "endpoint": "hook-on"},
        {"id": "sent-2", "state": "WAITING", "seq": 6, "attempts": f"[{FAILED},{HUNG}]", "endpoint": "hook-on", "next_at": AT},
        {"id": "sent-3", "state": "FAILED", "attempts": f"[{HUNG}]", "endpoint": "hook-off", "repeated": True},
    ]
    made = [
        {
            "url": f"https://{each['id']}.example/",
            "created_at": AT.replace("00:00.0", f"0{place}:00.0"),
            "created_by": "op-1",
            "passed": 7,
            **each,
        }
        for place, each in enumerate(endpoints)
    ]
    sent = [
        {"position": f"{place:015d}", "message": f"msg_{place}", "type": "customer.changed", "made_at": AT, **each}
        for place, each in enumerate(deliveries)
    ]

    async def write(transaction: Transaction) -> None:
        await transaction.run(CREATE, {"endpoints": made, "deliveries": sent})

    await store.write(write)
    return {
        **{str(each["id"]): "WebhookEndpoint" for each in endpoints},
        **{str(each["id"]): "WebhookDelivery" for each in deliveries},
    }
