"""What a person who asked for a change can do about its refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import strawberry

from graph.errors import (
    BasketChanged,
    Conflict,
    CouponAlreadyUsed,
    CouponRefused,
    CouponReserved,
    Customer360Error,
    InsufficientPoints,
    InvalidInput,
    NotFound,
    Outdated,
    OutOfStock,
)
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import entry
from resolvers.engine.planner.readings import Object

if TYPE_CHECKING:
    UserErrorCode: TypeAlias = str
else:
    UserErrorCode = words(
        "UserErrorCode",
        "Why a mutation was refused, in one word.",
        {
            Conflict.code: "It contradicts what is stored, or what it was decided about has changed since.",
            InsufficientPoints.code: "There are fewer points to spend than were asked for, or a debt: nothing was spent.",
            InvalidInput.code: "An argument cannot be accepted.",
            NotFound.code: "What an argument names does not exist.",
            BasketChanged.code: "The basket was changed since you read it; the payload's `basket` is as it is now.",
            CouponRefused.code: "A coupon cannot be used for the basket; the payload's `refusal` says why.",
            CouponAlreadyUsed.code: "A coupon was used already; `usedAt`, `usedChannel` and `usedStore` say when and where.",
            CouponReserved.code: "Somebody else holds a coupon until `reservedUntil`.",
            OutOfStock.code: "Fewer pieces can be promised than are asked for.",
        },
    )


@strawberry.type(description="Why a mutation was refused.")
class UserError:
    code: UserErrorCode = entry("code", Tag.PUBLIC, "Kind of the refusal.")
    message: str = entry("message", Tag.PUBLIC, "Message in the language of `Accept-Language`; contains no personal data.")
    path: list[str] = entry(
        "path",
        Tag.PUBLIC,
        "Path to the argument, outermost name first, list places from 0: `input`, `customers`, `1`, `version`.",
    )
    current_version: int | None = entry(
        "currentVersion", Tag.PUBLIC, "Current version of what `path` points at, after a lost race; null otherwise."
    )


def as_object(error: Customer360Error, language: str) -> Object:
    """Return an error as the object of a UserError, in one of `LANGUAGES` where the catalogue has its message."""
    return {
        "code": error.code,
        "message": error.message.said(language) if isinstance(error.message, Sentence) else error.message,
        "path": ["input", *(error.pointer or "").split("/")[1:]],
        "currentVersion": error.current_version if isinstance(error, Outdated) else None,
    }
