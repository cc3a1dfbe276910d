"""What HTTP clients send to the doors: content types, times, ids, numbers, and queries by their hash."""

from __future__ import annotations

from tests.cases.replay import Replay

WHOLE_NUMBERS = "whole numbers within 64 bits"


async def a_query_by_its_hash_alone_is_told_that_hashes_are_not_kept(case: Replay) -> None:
    by_post, by_get, batch = case.answers
    for answer in (by_post, by_get):
        [error] = answer.body["errors"]
        assert error["message"] == "PersistedQueryNotSupported"
        assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert batch.status == 400
    assert "batches are not taken" in batch.body["errors"][0]["message"]


async def a_body_is_taken_or_refused_in_words_that_say_why(case: Replay) -> None:
    charset, text_json, ndjson, jsonl, binary, base64, gzip = case.answers
    assert [answer.status for answer in (text_json, ndjson, jsonl, binary)] == [200] * 4
    assert [answer.body["receipts"][0]["outcome"] for answer in (text_json, ndjson, jsonl, binary)] == ["CREATED"] * 4
    assert (charset.status, gzip.status) == (415, 415)
    assert "UTF-8" in str(charset.body)
    assert "Compressed bodies are not taken" in str(gzip.body)
    assert "data_base64" in base64.body["receipts"][0]["error"]["message"]


async def a_time_of_definite_meaning_is_read(case: Replay) -> None:
    read = {step["body"]["time"]: receipt["outcome"] for (step, _), receipt in zip(case.of("event"), case.receipts, strict=True)}
    assert [time for time, outcome in read.items() if outcome == "CREATED"] == [
        "2026-05-01T10:00:00.000+0000",
        "2026-05-01T10:00Z",
        "2026-05-01T10:00:00.123456789Z",
        "2026-05-01T10:00:00.1234567+09:00",
        "2026-05-01T10:00:00GMT",
        "2026-05-01 10:00:00+09:00",
        "2026-05-01t10:00:00z",
        "2026-05-01T10:00:00+09",
        "2026-05-01T10:00:00+09:00[Asia/Tokyo]",
    ]
    refused = [receipt["error"]["pointer"] for receipt in case.receipts if receipt["error"]]
    assert refused == ["/time"] * 5


async def blanks_around_an_id_are_cut_and_its_signs_are_its_own(case: Replay) -> None:
    person, behind, before, *others = (receipt["customerId"] for receipt in case.receipts)
    assert behind == before == person
    assert person not in others
    assert len(set(others)) == 3


async def a_whole_number_beyond_64_bits_is_refused_and_not_rounded(case: Replay) -> None:
    sent = [answer for _, answer in case.of("http")]
    assert len(sent) == 3
    assert {answer.body["receipts"][0]["outcome"] for answer in sent} == {"REJECTED"}
    assert [answer.body for answer in sent if WHOLE_NUMBERS not in answer.body["receipts"][0]["error"]["message"]] == []


EXPECTED = {
    "G02": a_query_by_its_hash_alone_is_told_that_hashes_are_not_kept,
    "G05": a_body_is_taken_or_refused_in_words_that_say_why,
    "G06": a_time_of_definite_meaning_is_read,
    "G07": blanks_around_an_id_are_cut_and_its_signs_are_its_own,
    "G09": a_whole_number_beyond_64_bits_is_refused_and_not_rounded,
}
