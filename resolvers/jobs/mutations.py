"""The mutations that ask for jobs: what they take, the command that they make, and the job that they answer."""

from __future__ import annotations

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.erasure.asking import approval, erasure
from graph.errors import InvalidInput
from graph.exports.asking import export
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import LONGEST_REASON, CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import entry, planned, referred
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries, Object
from resolvers.jobs.job import BY_IDS, Job
from resolvers.jobs.words import ErasureFate


@strawberry.input(description="Whose data is to be exported.")
class CustomerExportCreateInput(CommandInput):
    customer_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the customer; a customer may leave it out and names nobody but themselves."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why, for whoever reads the list of jobs, up to 1,000 characters."
    )


@strawberry.input(description="Who is to be erased.")
class CustomerErasureRequestInput(CommandInput):
    customer_id: strawberry.ID = strawberry.field(description="Global id of the customer.")
    reason: str = strawberry.field(description="Why, 1 to 1,000 characters; may be empty in a dry run. It is erased too.")


@strawberry.input(description="Job that waits for a second person.")
class JobApproveInput(CommandInput):
    job_id: strawberry.ID = strawberry.field(description="Global id of the job; somebody else must have asked for it.")


@planned("Number of things of one kind, and what an erasure does with them.")
class ErasureCount:
    name: str = entry("name", Tag.PUBLIC, "What is counted, for example `touchpoints`.")
    count: int = entry("count", Tag.PUBLIC, "How many there are.")
    fate: ErasureFate = entry("fate", Tag.PUBLIC, "What becomes of them.")


@strawberry.type
class Asked(CommandPayload):
    job: Job | None = referred("job", BY_IDS, Tag.PUBLIC, "The job that does it; null in a dry run and when it was refused.")


@planned("What `customerExportCreate` did: the job that writes the file.")
class CustomerExportCreatePayload(Asked):
    pass


@planned("What `customerErasureRequest` did: the job that waits for a second person, and what it will do.")
class CustomerErasureRequestPayload(Asked):
    preview: list[ErasureCount] = read(
        Entries("preview", list), Tag.PUBLIC, "What is erased, kept and hashed, as it was counted; empty when it was refused."
    )


@planned("What `jobApprove` did: the job that goes on.")
class JobApprovePayload(Asked):
    pass


FATES = {"orders": "KEPT_BY_LAW", "shared": "KEPT_FOR_OTHERS"}
HASHED = ("records", "identifiers", "touchpoints", "orders")
"""Kinds of things of which a hash stays."""


def previewed(given: InputValue, answer: Answer) -> Object:
    counts: dict[str, int] = answer["counts"]
    told = [{"name": name, "count": count, "fate": FATES.get(name, "ERASED")} for name, count in counts.items()]
    hashes = {"name": "hashes", "count": sum(counts[name] for name in HASHED), "fate": "HASHED"}
    return {**answered(given, answer), "preview": [*told, hashes]}


def erasing(author: Author, given: InputValue) -> Command:
    if not author.reason and not given["dryRun"].value:
        raise InvalidInput(Sentence("refusal.REASON_MISSING", most=LONGEST_REASON), "/reason")
    return erasure(author, given["customerId"].raw_id("Customer"))


def approving(author: Author, given: InputValue) -> Command:
    return approval(author, given["jobId"].raw_id("Job"))


def answered(given: InputValue, answer: Answer) -> Object:
    return {"job": None if given["dryRun"].value else answer["job"]}


def exporting(author: Author, given: InputValue) -> Command:
    customer = given["customerId"]
    return export(author, customer.raw_id("Customer") if customer.given else None)


MUTATIONS = (
    Mutation(
        "customerExportCreate",
        CustomerExportCreateInput,
        CustomerExportCreatePayload,
        "Have everything that is held of a customer written into a file: JSON, CSV, and pages to read.",
        exporting,
        answered,
    ),
    Mutation(
        "customerErasureRequest",
        CustomerErasureRequestInput,
        CustomerErasureRequestPayload,
        "Ask for the erasure of a customer; it waits until a second person approves it. A dry run says what it would do.",
        erasing,
        previewed,
        refused={"preview": []},
    ),
    Mutation(
        "jobApprove",
        JobApproveInput,
        JobApprovePayload,
        "Let a job be done that waits for a second person; not who asked for it.",
        approving,
        answered,
    ),
)
