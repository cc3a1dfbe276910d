"""The GraphQL operations of the pages of jobs."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY

JOB_ROW = """
fragment JobRow on Job {
  id kind state askedAt askedBy approvedBy reason startedAt endedAt done total failure downloadPath availableUntil
  customer { id name kana } receipt { name count }
}
"""
JOBS = (
    """
query Jobs($jobs: String) {
  jobs(first: 30, after: $jobs) { edges { node { ...JobRow } } pageInfo { hasNextPage endCursor } }
}
"""
    + JOB_ROW
)
JOB = "query Job($id: ID!) { job(id: $id) { ...JobRow } }" + JOB_ROW
ABOUT = "query ExportAbout($id: ID!) { customer(by: {id: $id}) { id name kana } }"
EXPORT = """
mutation Export($input: CustomerExportCreateInput!) {
  asked: customerExportCreate(input: $input) { job { id } userErrors { message } }
}
"""
ERASURE = """
mutation Erasure($input: CustomerErasureRequestInput!) {
  asked: customerErasureRequest(input: $input) { job { id } preview { name count fate } userErrors { message } }
}
"""
APPROVE = "mutation Approve($input: JobApproveInput!) { asked: jobApprove(input: $input) { job { id } userErrors { message } } }"
NO_JOB = "Sm9iOm5vbmU"
"""A global id that no job has."""
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (JOBS, {"jobs": None}),
    (JOB, {"id": NO_JOB}),
    (ABOUT, {"id": NOBODY}),
)
