"""What belongs to a file and has letters of its own: its findings, its certificates, their upkeep and changes of
their scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.registry import subjects
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Reading
from accreditation_engine.portal.dossier.rubrics import criterion_called
from accreditation_engine.reviews.models import Finding

from .days import said_day


@dataclass(frozen=True)
class Shown:
    subject: Any
    title: str


class Objects:
    """Those that `letters` speak of. One query for each kind of them, none where all are about files."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for each in letters:
            if each.stream and each.stream != each.dossier:
                wanted[kind_of(each)].add(each.stream)
        self._rows: dict[UUID, Any] = {}
        for kind, keys in wanted.items():
            self._rows.update(subjects[kind].model._default_manager.in_bulk(list(keys)))

    def seen(self, letter: Letter, reading: Reading) -> Shown | None:
        """What `letter` is about, where its reader may see it; and its title."""
        kind = kind_of(letter)
        subject = self._rows.get(letter.stream) if letter.stream else None
        if subject is None or kind not in TITLES or kind not in visible(subject, reading.parts.open):
            return None
        if kind == "finding" and not reading.sees("findings"):
            return None
        return Shown(subject, TITLES[kind](subject, reading))


def kind_of(letter: Letter) -> str:
    """What the workflow of the letter's edition moves."""
    return compiled(letter.facts["edition"]).workflow.subject


def _finding(finding: Finding, reading: Reading) -> str:
    title = criterion_called(reading.scheme, finding.rubric, finding.criterion)
    return _("Finding on “%(criterion)s”") % isolated({"criterion": title})


def _certificate(certificate: Certificate, reading: Reading) -> str:
    return _("Certificate %(number)s") % isolated({"number": certificate.number})


def _complaint(complaint: Complaint, reading: Reading) -> str:
    return _("Concern %(number)s") % isolated({"number": complaint.number})


def _upkeep(upkeep: Upkeep, reading: Reading) -> str:
    words = {"kind": kind_title(upkeep.kind), "number": reading.dossier.number}
    if (
        upkeep.deadline_at is None
        or compiled(upkeep.edition_id).workflow.states[upkeep.state].waits_for is None
    ):
        return _("%(kind)s of the certificate, file %(number)s") % isolated(words)
    words["day"] = said_day(upkeep.deadline_at)
    return _("%(kind)s of the certificate, file %(number)s, until %(day)s") % isolated(words)


def _scope_change(change: ScopeChange, reading: Reading) -> str:
    words = _("Change of the scope of the certificate, file %(number)s")
    return words % isolated({"number": reading.dossier.number})


TITLES: Mapping[str, Callable[[Any, Reading], str]] = {
    "finding": _finding,
    "certificate": _certificate,
    "complaint": _complaint,
    "upkeep": _upkeep,
    "scope_change": _scope_change,
}
