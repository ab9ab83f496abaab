"""The board: by scheme and state, how many files stand there, the longest time in it, and how many are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from accreditation_engine.dossiers.unannounced import known_state
from accreditation_engine.engine.compiled import Compiled, compiled

from .files import Season
from .late import COORDINATOR, tells_time


@dataclass
class Standing:
    """The files in one state. `since` is when the one entered it that is longest there, None where none is or
    where that would tell what is not announced."""

    state: str
    edition: str
    final: bool
    files: int = 0
    late: int = 0
    since: datetime | None = None

    def add(self, files: int, late: int, since: datetime | None) -> None:
        self.files += files
        self.late += late
        self.since = min(filter(None, (self.since, since)), default=None)


def boards_of(season: Season) -> dict[str, list[Standing]]:
    """By scheme, its states in the order of the workflow, those without files as well. Two queries, however many
    files."""
    boards: dict[str, dict[str, Standing]] = {}
    for scheme in season.schemes:
        board = boards.setdefault(scheme.workflow.workflow, {})
        for name, state in scheme.workflow.states.items():
            if known_state(scheme.edition, name, {COORDINATOR}) == name:
                board.setdefault(name, Standing(name, scheme.edition, state.final))
    for edition, stands, files, late, since in _counted(season):
        scheme = compiled(edition)
        known = known_state(edition, stands, {COORDINATOR})
        boards[scheme.workflow.workflow][known].add(files, late, _told(scheme, stands, since))
    return {name: list(board.values()) for name, board in sorted(boards.items())}


def _counted(season: Season) -> list[tuple[str, str, int, int, datetime]]:
    rows = season.files().order_by().values("edition", "state")
    counted = rows.annotate(
        files=Count("pk"), late_files=Count("pk", filter=season.late()), since=Min("entered_at")
    )
    return list(counted.values_list("edition", "state", "files", "late_files", "since"))


def _told(scheme: Compiled, state: str, since: datetime) -> datetime | None:
    told = tells_time(scheme, state) and not scheme.workflow.states[state].final
    return since if told else None
