"""What a sitting is to be, before it is called or changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.written import kept_line


@dataclass(frozen=True)
class Plan:
    """The agenda is in the order in which dossiers are taken. `sure` holds those of `doubts.DOUBTS` that whoever
    plans has been told of and means so."""

    title_ar: str
    title_en: str
    place: str
    starts_at: datetime | None
    schemes: Sequence[str] = ()
    members: Sequence[User] = ()
    agenda: Sequence[Dossier] = ()
    sure: Collection[str] = ()

    @property
    def lines(self) -> tuple[str, str, str]:
        """What was typed freely, each on a line of its own."""
        return kept_line(self.title_ar), kept_line(self.title_en), kept_line(self.place)
