"""The one error tree; each door (HTTP, GraphQL, command line) maps it once.

Customer360Error
├── InvalidInput          INVALID_INPUT         what was given cannot be accepted
├── NotFound              NOT_FOUND
├── Conflict              CONFLICT              it contradicts what is stored
│   ├── Outdated          CONFLICT              what it was decided about has changed; `current_version` says to what
│   └── OutOfStock        OUT_OF_STOCK          fewer pieces are left than are asked for; `nearest` says where there are
├── Ambiguous             AMBIGUOUS             more than one thing answers to it
├── Overloaded            OVERLOADED            try again after `retry_after` seconds
├── ServiceUnavailable    SERVICE_UNAVAILABLE   the database cannot answer now
│   └── TookTooLong       SERVICE_UNAVAILABLE   it ended a transaction that ran for too long; less may succeed
├── StatementFailed       STATEMENT_FAILED      the database refused one of our own statements: a defect
├── GraphNotMigrated      GRAPH_NOT_MIGRATED
├── GraphTooNew           GRAPH_TOO_NEW
└── LocalServerFailed     LOCAL_SERVER_FAILED
    └── DataFolderInUse   DATA_FOLDER_IN_USE
"""

from __future__ import annotations

from typing import ClassVar


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


class OutOfStock(Conflict):
    """Fewer pieces can be promised than are asked for. `nearest` are ids of levels that have them, the nearest store first."""

    code = "OUT_OF_STOCK"

    def __init__(self, message: str, pointer: str | None, nearest: tuple[str, ...]) -> None:
        super().__init__(message, pointer)
        self.nearest = nearest


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
