"""Receipts as the event door answers them: JSON in the reader's language, and the status of a single refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson
from starlette.responses import Response, StreamingResponse

from graph.events.outcomes import REJECTED
from graph.intake.receipts import OTHER_BODY, Receipt
from graph.words import say
from resolvers.engine.ids import encode

REFUSED = 422
STATUSES = {"INVALID_JSON": 400, OTHER_BODY: 409, "CONFLICT": 409, "STATEMENT_FAILED": 500, "INTERNAL_ERROR": 500}
"""Code of a single rejected event -> status, where it is not 422."""

SPOOL_IN_MEMORY = 1_000_000
PIECE = 65_536
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept-Language"}


def receipt_json(receipt: Receipt, language: str) -> dict[str, Any]:
    """Return a receipt as the contract shows it."""
    error = receipt.error
    return {
        "source": receipt.source or None,
        "id": receipt.id or None,
        "outcome": receipt.outcome,
        "customerId": encode("Customer", receipt.customer_id) if receipt.customer_id else None,
        "decision": {"rule": receipt.rule, "sentence": receipt.sentence(language)} if receipt.rule else None,
        "warnings": [
            {"code": each.code, "message": say(f"warning.{each.code}", language), "pointer": each.pointer}
            for each in receipt.warnings
        ],
        "error": {"code": error.code, "message": error.message, "pointer": error.pointer} if error else None,
    }


def one_answer(receipt: Receipt, language: str) -> Response:
    """Return the answer to a single event: 200, or the status of its refusal."""
    status = STATUSES.get(receipt.error.code, REFUSED) if receipt.outcome == REJECTED and receipt.error else 200
    return batch_answer([receipt], language, status)


def batch_answer(receipts: Iterable[Receipt], language: str, status: int = 200) -> Response:
    body = orjson.dumps({"receipts": [receipt_json(receipt, language) for receipt in receipts]})
    return Response(body, status, HEADERS, "application/json")


class Spool:
    """Receipts of a stream until its end: small ones in memory, many in a temporary file that goes away by itself."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._file = SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY)  # noqa: SIM115 - closed by close or when it is sent
        self._file.write(b'{"receipts":[')
        self._first = True

    def add(self, receipts: Iterable[Receipt]) -> None:
        for receipt in receipts:
            self._file.write(b"" if self._first else b",")
            self._file.write(orjson.dumps(receipt_json(receipt, self._language)))
            self._first = False

    def close(self) -> None:
        self._file.close()

    def answer(self) -> Response:
        """Return all receipts as one JSON object, read from the spool piece by piece."""
        self._file.write(b"]}")
        length = self._file.tell()
        self._file.seek(0)
        return StreamingResponse(self._pieces(), 200, {**HEADERS, "Content-Length": str(length)}, "application/json")

    def _pieces(self) -> Iterator[bytes]:
        with self._file as file:
            while piece := file.read(PIECE):
                yield piece
