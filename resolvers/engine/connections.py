"""Connections: pages of a list, each edge with a cursor that the next page can start after."""

from __future__ import annotations

from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there is more after this page.")
    has_previous_page: bool = strawberry.field(description="Whether this page was asked for with `after`.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge; null on an empty page.")


@strawberry.type(description="One thing of a page, and where it stands.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The thing that stands at this place of the list.")
    cursor: str = strawberry.field(description="Opaque; for `after` of the same list.")


@strawberry.type(description="Some neighbouring things of a longer list, and where to go on.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The things of this page, in the order of the list.")
    page_info: PageInfo = strawberry.field(description="Whether there is more on either side, with the cursors to ask for it.")
    total_count: int = strawberry.field(description="How many there are in all; counted only when asked for.")
