"""Commands that the documentation shows."""

from __future__ import annotations

from tests.cases.replay import Replay


async def a_token_is_printed_for_the_role_that_the_page_names(case: Replay) -> None:
    [printed] = case.answers
    assert printed.status == 0
    assert case.server.tokens.verify(printed.body.strip()).roles == {"steward"}


EXPECTED = {"X01": a_token_is_printed_for_the_role_that_the_page_names}
