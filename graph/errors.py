"""The one error tree; each door (HTTP, GraphQL, command line) maps it once.

Customer360Error
├── InvalidInput          INVALID_INPUT         what was given cannot be accepted
├── NotFound              NOT_FOUND
├── Conflict              CONFLICT              it contradicts what is stored
│   ├── Outdated          CONFLICT              what it was decided about has changed; `current_version` says to what
│   ├── InsufficientPoints INSUFFICIENT_POINTS  there are fewer points to spend than were asked for
│   └── Refused           CONFLICT              the answer tells beside the refusal what the asker needs to go on
│       ├── BasketChanged      BASKET_CHANGED       another door was faster; the answer has the lines of now
│       ├── OutOfStock         OUT_OF_STOCK         fewer pieces are left than are asked for; `nearest` says where there are
│       └── CouponRefused      COUPON_REFUSED       its terms, or how it stands, do not let a coupon be used
│           ├── CouponAlreadyUsed  COUPON_ALREADY_USED
│           └── CouponReserved     COUPON_RESERVED  somebody else holds it
├── Ambiguous             AMBIGUOUS             more than one thing answers to it
├── Overloaded            OVERLOADED            try again after `retry_after` seconds
├── ServiceUnavailable    SERVICE_UNAVAILABLE   the database cannot answer now
│   ├── TookTooLong       SERVICE_UNAVAILABLE   it ended a transaction that ran for too long; less may succeed
│   ├── LoginRefused      SERVICE_UNAVAILABLE   it refuses the user name or the password
│   ├── DatabasePanicked  SERVICE_UNAVAILABLE   it has failed, answers nothing and has to be started again
│   └── StorageFull       STORAGE_FULL          the disk has too little room left to write; reads go on
├── StatementFailed       STATEMENT_FAILED      the database refused one of our own statements: a defect
├── GraphNotMigrated      GRAPH_NOT_MIGRATED
├── GraphTooNew           GRAPH_TOO_NEW
└── LocalServerFailed     LOCAL_SERVER_FAILED
    └── DataFolderInUse   DATA_FOLDER_IN_USE
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class Customer360Error(Exception):
    """`message` says what to do and holds no personal data; `pointer` is a JSON pointer into what was given."""

    code: ClassVar[str] = "CUSTOMER360_ERROR"

    def __init__(self, message: str, pointer: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer


class InvalidInput(Customer360Error):
    code = "INVALID_INPUT"


class NotFound(Customer360Error):
    code = "NOT_FOUND"


class Conflict(Customer360Error):
    code = "CONFLICT"


class Outdated(Conflict):
    """Somebody was faster: what the request was made for has another version by now."""

    def __init__(self, message: str, pointer: str | None, current_version: int) -> None:
        super().__init__(message, pointer)
        self.current_version = current_version


class InsufficientPoints(Conflict):
    """Nothing was spent: there are fewer points than were asked for, or a debt."""

    code = "INSUFFICIENT_POINTS"


class Refused(Conflict):
    """`shown` is what the answer tells beside the refusal: members of the payload, by name."""

    def __init__(self, message: str, pointer: str, shown: Mapping[str, Any]) -> None:
        super().__init__(message, pointer)
        self.shown = shown


class BasketChanged(Refused):
    """A basket was changed for another version than it has; `basket` is the id of the customer whose it is."""

    code = "BASKET_CHANGED"


class CouponRefused(Refused):
    code = "COUPON_REFUSED"


class CouponAlreadyUsed(CouponRefused):
    code = "COUPON_ALREADY_USED"


class CouponReserved(CouponRefused):
    code = "COUPON_RESERVED"


class OutOfStock(Refused):
    """Fewer pieces can be promised than are asked for; `nearest` are ids of levels that have them, the nearest store first."""

    code = "OUT_OF_STOCK"


class Ambiguous(Customer360Error):
    code = "AMBIGUOUS"


class Overloaded(Customer360Error):
    code = "OVERLOADED"

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ServiceUnavailable(Customer360Error):
    code = "SERVICE_UNAVAILABLE"


class TookTooLong(ServiceUnavailable):
    """The database is there, and has ended a transaction that ran for too long: nothing of it is written."""


class LoginRefused(ServiceUnavailable):
    """Trying again does not help: the settings, or the password file of a local server, do not fit it."""


class DatabasePanicked(ServiceUnavailable):
    """The database is there and answers nothing: what it wrote has failed, and only a new start helps."""


class StorageFull(ServiceUnavailable):
    """The disk of the graph or of the read audit has too little room left; nothing was written."""

    code = "STORAGE_FULL"


class StatementFailed(Customer360Error):
    code = "STATEMENT_FAILED"


class GraphNotMigrated(Customer360Error):
    code = "GRAPH_NOT_MIGRATED"


class GraphTooNew(Customer360Error):
    code = "GRAPH_TOO_NEW"


class LocalServerFailed(Customer360Error):
    code = "LOCAL_SERVER_FAILED"


class DataFolderInUse(LocalServerFailed):
    code = "DATA_FOLDER_IN_USE"
