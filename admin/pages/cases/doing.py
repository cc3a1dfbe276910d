"""Doing what a button of a form says, with one case or with each that is ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from starlette.datastructures import FormData
from starlette.requests import Request

from admin.pages.cases.operations import document
from admin.pages.cases.ways import WAYS, Said
from admin.parts.questions import Problem, Questions

MOST_FIELDS = 100
LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a button: numbers of the cases with which it was done, and why not with others."""

    pressed: str
    numbers: tuple[str, ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()
    """(number of the case, sentence)."""


async def sent_by(request: Request) -> FormData:
    """Return the form; an empty one when the page is only asked for."""
    return await request.form(max_files=0, max_fields=MOST_FIELDS) if request.method == "POST" else FormData()


def texts(sent: FormData) -> dict[str, str]:
    """Return the texts of a form, without blanks around them."""
    return {name: value.strip() for name, value in sent.items() if isinstance(value, str)}


def version(text: str) -> int:
    """Return the version of a case as a form has it; raises Problem 400 for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Problem(400)
    return int(text)


async def do(questions: Questions, said: Said, number: str) -> Done:
    """Do with one case what its form says; raises Problem 400 for a button that there is not."""
    pressed = said["pressed"]
    if pressed not in WAYS:
        raise Problem(400)
    mutation, asked = WAYS[pressed]
    given = {**asked(said), "idempotencyKey": f"{said['key'][:LONGEST_KEY]}-{pressed}-{said.case['id']}"}
    done = (await questions.ask_of(document(mutation), input=given))["done"]
    if done["userErrors"]:
        return Done(pressed, (), ((number, done["userErrors"][0]["message"]),))
    return Done(pressed, (number,))


async def do_with_each(questions: Questions, sent: FormData, zone: tzinfo) -> Done:
    """Do it with each case that is ticked, so that one which is refused holds up no other."""
    told, done = texts(sent), list[Done]()
    for ticked in sent.getlist("case"):
        match str(ticked).split(" "):
            case [own_id, known, number]:
                said = Said(told, {"id": own_id, "version": version(known)}, zone)
                done.append(await do(questions, said, number))
            case _:
                raise Problem(400)
    numbers = tuple(number for each in done for number in each.numbers)
    return Done(told.get("pressed", ""), numbers, tuple(each for one in done for each in one.refusals))
