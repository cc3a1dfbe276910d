"""The files of exports: to who asked for one and to administrators, each recorded as a reading of everything it holds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from admin.parts.purpose import purpose_of
from api.http.answering import Answering
from api.http.purpose import stated_purpose
from graph.datasets.asking import EXPORT as DATA_EXPORT
from graph.errors import NotFound
from graph.exports.removing import find_file
from resolvers.access.viewer import Viewer
from resolvers.engine import ids

ASKED = "query ExportFile($id: ID!) { job(id: $id) { kind downloadPath customer { id } } }"

Authenticate = Callable[[Request], Awaitable[Viewer]]


def export_routes(answering: Answering, folder: Path, authenticate: Authenticate) -> list[Route]:
    """Return the route; `folder` is where exports lie. What may not be read answers 404, as what is not there does."""

    async def endpoint(request: Request) -> Response:
        purpose = stated_purpose(request) or purpose_of(request)
        viewer = replace(await authenticate(request), purpose=purpose)
        own_id: str = request.path_params["id"]
        body: Any = (await answering.execute_readable(ASKED, {"id": own_id}, viewer)).body
        job: Any = body.get("data") and body["data"].get("job")
        of_tables = bool(job) and job["kind"] == DATA_EXPORT
        readable = job and job["downloadPath"] and (job["customer"] or of_tables)
        found = await find_file(answering.store, folder, ids.decode_as("Job", own_id)) if readable else None
        if found is None:
            raise NotFound("There is no such file, or no more.")
        path, customer = found
        if customer is None:
            await answering.record_data_file("DataExportFile", ids.decode_as("Job", own_id), viewer)
        else:
            await answering.record_file("ExportFile", customer, viewer)
        headers = {"Cache-Control": "no-store"}
        return FileResponse(path, media_type="application/zip", filename=f"customer360-{path.name}", headers=headers)

    return [Route("/exports/{id}", endpoint)]
