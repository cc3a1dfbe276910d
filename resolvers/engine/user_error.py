"""What a person who asked for a change can do about its refusal."""

from __future__ import annotations

import strawberry

from graph.errors import Customer360Error


@strawberry.type(description="Why a change was not made, told to the person who asked for it.")
class UserError:
    code: str = strawberry.field(description="A fixed word for programs: CONFLICT, NOT_FOUND, INVALID_INPUT.")
    message: str = strawberry.field(description="What is wrong and what to do about it, in English; never with personal values.")
    path: list[str] = strawberry.field(description="Where in the arguments the mistake is, outermost name first.")


def user_error(error: Customer360Error) -> UserError:
    return UserError(code=error.code, message=error.message, path=["input"])
