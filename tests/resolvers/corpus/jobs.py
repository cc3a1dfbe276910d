"""Jobs: one by its id, all of them page by page, and whom they are about."""

from __future__ import annotations

from tests.resolvers.corpus.case import Case

ALL = """id kind state askedAt askedBy approvedBy reason startedAt endedAt done total failure downloadPath availableUntil
  receipt { name count } customer { id requestedId name }"""
PAGES = """query ($after: String) { jobs(first: 2, after: $after) {
  totalCount edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }"""

CASES = {
    "every value of every job": Case(f"{{ jobs {{ edges {{ node {{ {ALL} }} }} }} }}"),
    "a page of jobs, newest first": Case(PAGES),
    "a job that waits": Case(f'{{ job(id: "<queued>") {{ {ALL} }} }}'),
    "a job that is done": Case(f'{{ job(id: "<done>") {{ {ALL} }} }}'),
    "a job by node": Case('{ node(id: "<done>") { __typename id ... on Job { kind state } } }'),
    "no such job": Case('{ job(id: "Sm9iOm5vbmU") { id } }'),
    "an id of something else is no job": Case('{ job(id: "<mayumi>") { id } }', statements=0),
}
