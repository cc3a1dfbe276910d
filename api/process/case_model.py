"""The model of cases in the data folder: written whole by its training, read at the start and whenever it has been replaced."""

from __future__ import annotations

from pathlib import Path

import structlog

from api.process.case_rules import sorting_rules
from api.process.private_file import replace_private
from api.process.settings import InvalidSettings, Settings
from graph.cases.sorting.model import CaseModel
from graph.cases.sorting.sorter import Mode, Sorter, sorter_of
from graph.cases.sorting.stored import from_json, to_json
from graph.errors import InvalidInput

log = structlog.stdlib.get_logger("customer360.cases")


def model_file(folder: Path) -> Path:
    return folder / "case_model.json"


def write_model(folder: Path, model: CaseModel) -> Path:
    """Put a model in place of the one before, which a reader sees whole until then."""
    path = model_file(folder)
    replace_private(path, to_json(model))
    return path


class CurrentSorter:
    """The rules and the model that there are now; made at the start, it raises InvalidSettings for a file that does not hold."""

    def __init__(self, settings: Settings) -> None:
        self._path = model_file(settings.data_folder)
        self._mode: Mode = settings.case_model
        self._precision = settings.case_model_precision
        self._rules = sorting_rules(settings)
        self._written = self._time()
        try:
            self._sorter = self._made()
        except InvalidInput as error:
            raise InvalidSettings(f"Settings: case_model.json in DATA_FOLDER: {error.message}") from None

    def __call__(self) -> Sorter:
        """Return the sorter; a model that has been replaced is read, and one that cannot be read leaves the one before."""
        written = self._time()
        if written != self._written:
            self._written = written
            try:
                self._sorter = self._made()
            except InvalidInput as error:
                log.warning("case_model_not_read", code=error.code)
        return self._sorter

    def _made(self) -> Sorter:
        try:
            model = from_json(self._path.read_bytes())
        except FileNotFoundError:
            model = None
        return sorter_of(self._rules, model, self._mode, self._precision)

    def _time(self) -> int | None:
        try:
            return self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return None
