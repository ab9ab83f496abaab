"""The board: by scheme and state, how many files stand there, how long, and how many of them are late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from accreditation_engine.dossiers.unannounced import known_state
from accreditation_engine.engine.compiled import compiled

from .files import Season
from .late import COORDINATOR, tells_time


@dataclass
class Standing:
    """The files in one state. `entered` are the moments since when they are there, the first first; none where
    those would tell what is not announced, and where files have come to their end."""

    state: str
    edition: str
    final: bool
    files: int = 0
    late: int = 0
    entered: list[datetime] = field(default_factory=list)

    @property
    def since(self) -> datetime | None:
        """When the one came that is longest there."""
        return self.entered[0] if self.entered else None

    @property
    def middle(self) -> datetime | None:
        """Half of the files are there at least since then."""
        return self.entered[(len(self.entered) - 1) // 2] if self.entered else None


def boards_of(season: Season) -> dict[str, list[Standing]]:
    """By scheme, its states in the order of the workflow, those without files as well. Three queries, however many
    files."""
    boards: dict[str, dict[str, Standing]] = {}
    for scheme in season.schemes:
        board = boards.setdefault(scheme.workflow.workflow, {})
        for name, state in scheme.workflow.states.items():
            if known_state(scheme.edition, name, {COORDINATOR}) == name:
                board.setdefault(name, Standing(name, scheme.edition, state.final))
    for edition, stands, files, late in _counted(season):
        standing = _standing(boards, edition, stands)
        standing.files += files
        standing.late += late
    for edition, stands, moment in _entered(season):
        _standing(boards, edition, stands).entered.append(moment)
    return {name: list(board.values()) for name, board in sorted(boards.items())}


def _standing(boards: dict[str, dict[str, Standing]], edition: str, state: str) -> Standing:
    """Where a coordinator knows a file to stand."""
    name = compiled(edition).workflow.workflow
    return boards[name][known_state(edition, state, {COORDINATOR})]


def _counted(season: Season) -> list[tuple[str, str, int, int]]:
    rows = season.files().order_by().values("edition", "state")
    counted = rows.annotate(files=Count("pk"), late_files=Count("pk", filter=season.late()))
    return list(counted.values_list("edition", "state", "files", "late_files"))


def _entered(season: Season) -> Iterator[tuple[str, str, datetime]]:
    """The longest there first."""
    rows = season.files().filter(season.going_on()).order_by("entered_at")
    for edition, state, moment in rows.values_list("edition", "state", "entered_at"):
        if tells_time(compiled(edition), state):
            yield edition, state, moment
