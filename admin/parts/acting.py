"""What somebody does on a page: what their form says, the mutation that it asks for, and the shops where they may do it."""

from __future__ import annotations

from uuid import uuid4

from starlette.requests import Request

from admin.parts.questions import Json, Problem, Questions

LONGEST = 500
MOST_FIELDS = 250
SHOPS = "query ShopsToChoose { stores(first: 100) { edges { node { id code name kind } } } }"


async def typed_in(request: Request) -> dict[str, str]:
    """Return the texts of the form that was sent; raise Problem 400 where no button was pressed."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    typed = {name: value.strip()[:LONGEST] for name, value in form.items() if isinstance(value, str)}
    if not typed.get("pressed"):
        raise Problem(400)
    return typed


def whole(text: str) -> int:
    """Return a number that was typed, 0 for nothing; raise Problem 400 for what a field of numbers lets nobody type."""
    try:
        return int(text or "0")
    except ValueError:
        raise Problem(400) from None


async def do(questions: Questions, mutation: str, asked: str, typed: dict[str, str], **given: object) -> tuple[Json, list[str]]:
    """Do it once for the key of the form; return the answer (`asked` of it) and why it was not done, nothing where it was."""
    kind = f"{mutation[0].upper()}{mutation[1:]}"
    document = f"mutation {kind}($input: {kind}Input!) {{ {mutation}(input: $input) {{ {asked} userErrors {{ message }} }} }}"
    key = typed.get("key") or uuid4().hex
    answer: Json = (await questions.ask(document, input={"idempotencyKey": key, **given}))[mutation]
    return answer, [error["message"] for error in answer["userErrors"]]


async def shops(questions: Questions) -> list[Json]:
    """Return the shops to choose from, by name: where they work, or all of them for who works in none."""
    found: list[Json] = [edge["node"] for edge in (await questions.ask(SHOPS))["stores"]["edges"]]
    own = questions.viewer.stores
    listed = [each for each in found if each["code"] in own or (not own and each["kind"] in (None, "SHOP"))]
    return sorted(listed, key=lambda each: each["name"] or each["code"])
