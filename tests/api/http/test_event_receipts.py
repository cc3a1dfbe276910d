"""Receipts as JSON: the status of a refusal, and many of them by way of a file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import cast

import pytest
from starlette.responses import StreamingResponse

from api.http.event_receipts import SPOOL_IN_MEMORY, Spool, one_answer
from graph.events.outcomes import CREATED, REJECTED, Rejection
from graph.intake.receipts import Receipt


@pytest.mark.parametrize(
    ("code", "status"), [("INVALID_JSON", 400), ("IDEMPOTENCY_CONFLICT", 409), ("INVALID_EVENT", 422), ("INTERNAL_ERROR", 500)]
)
def test_a_single_refusal_has_the_status_of_its_code(code: str, status: int) -> None:
    receipt = Receipt("/test", "e-1", REJECTED, error=Rejection(code, "Say it otherwise.", "/data"))
    response = one_answer(receipt, "en")
    assert response.status_code == status
    assert json.loads(bytes(response.body))["receipts"][0]["error"] == {
        "code": code,
        "message": "Say it otherwise.",
        "pointer": "/data",
    }


@pytest.mark.parametrize("count", [0, 1, 20_000])
async def test_a_spool_answers_what_was_added_in_order_however_much_it_is(count: int) -> None:
    spool = Spool("ja")
    for number in range(count):
        spool.add([Receipt("/test", f"e-{number}", CREATED)])
    response = spool.answer()
    assert isinstance(response, StreamingResponse)
    body = b"".join([cast("bytes", piece) async for piece in cast("AsyncIterator[bytes]", response.body_iterator)])
    assert len(body) == int(response.headers["Content-Length"])
    assert count < 20_000 or len(body) > SPOOL_IN_MEMORY
    assert [receipt["id"] for receipt in json.loads(body)["receipts"]] == [f"e-{number}" for number in range(count)]
