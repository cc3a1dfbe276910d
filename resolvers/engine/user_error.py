"""What a person who asked for a change can do about its refusal."""

from __future__ import annotations

import strawberry

from graph.errors import Customer360Error


@strawberry.type(description="Why a mutation was refused.")
class UserError:
    code: str = strawberry.field(description="Error code: CONFLICT, NOT_FOUND or INVALID_INPUT.")
    message: str = strawberry.field(description="Message in English; contains no personal data.")
    path: list[str] = strawberry.field(description="Path to the argument, outermost name first.")


def user_error(error: Customer360Error) -> UserError:
    return UserError(code=error.code, message=error.message, path=["input"])
