"""The words of jobs: what is done, and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph import vocabulary
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    ErasureFate: TypeAlias = str
    ExportFormat: TypeAlias = str
    ExportTable: TypeAlias = str
    # To a type checker a word is text, as in `words.py`.
    JobKind: TypeAlias = str
    JobState: TypeAlias = str
else:
    JobKind = words(
        "JobKind",
        "What a job does.",
        listed(
            vocabulary.JOB_KINDS,
            {
                "CUSTOMER_EXPORT": "Everything that is held of a customer is written into a file.",
                "CUSTOMER_ERASURE": "What identifies a customer is erased; approved by a second person.",
                "RETENTION": "What is older than it is kept is deleted, once a day.",
                "DATA_EXPORT": "Tables of customers, orders and touchpoints are written into a file.",
            },
        ),
    )
    ExportTable = words(
        "ExportTable",
        "A table that can be exported.",
        {
            "CUSTOMERS": "Active customers, with their golden values and source records.",
            "ORDERS": "Orders with their lines.",
            "TOUCHPOINTS": "All other touchpoints.",
        },
    )
    ExportFormat = words(
        "ExportFormat",
        "How the files of an export are written.",
        {"JSONL": "JSON Lines: an object in each line.", "PARQUET": "Apache Parquet."},
    )
    ErasureFate = words(
        "ErasureFate",
        "What an erasure does with things.",
        {
            "ERASED": "They are deleted.",
            "KEPT_BY_LAW": "Amounts, items, store and time stay, tied to nobody: commercial and tax law has them kept.",
            "KEPT_FOR_OTHERS": "They stay, since other customers have them too; the customer's tie to them is deleted.",
            "HASHED": "A keyed hash stays, so that replayed events and restored backups do not bring them back.",
        },
    )
    JobState = words(
        "JobState",
        "How a job stands.",
        listed(
            vocabulary.JOB_STATES,
            {
                "WAITING": "Waits for a second person to approve it.",
                "QUEUED": "Approved and not begun, or interrupted.",
                "RUNNING": "Is being done.",
                "DONE": "Done; `receipt` says what.",
                "FAILED": "Given up; `failure` says why.",
            },
        ),
    )
