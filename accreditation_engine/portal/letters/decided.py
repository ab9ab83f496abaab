"""What the letter about a decision says beside the decision: where its reasons stand, and whether, how and until
when one may appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Reading
from accreditation_engine.portal.dossier.states import CERTIFIES
from accreditation_engine.reviews.report.standing import contests_welcome

from .days import said_day


def after_a_decision(letter: Letter, reading: Reading) -> Iterator[str]:
    """For the organisation, in sentences; of an appeal while the file stands where the decision led. No query."""
    yield _("The reasons stand on the page of the file, under “Decision”.")
    scheme, dossier = reading.scheme, reading.dossier
    if dossier.state != letter.facts["state"]:
        return
    if scheme.workflow.states[dossier.state].final:
        if not _certifies(letter):
            yield _("No further appeal is possible.")
    elif contests_welcome(dossier):
        yield from _appeal(dossier.deadline_at)


def _appeal(until: datetime | None) -> Iterator[str]:
    if until is None:
        yield _("Your organisation may appeal.")
    elif until > timezone.now():
        yield _("Your organisation may appeal until %(day)s.") % isolated({"day": said_day(until)})
    else:
        return
    yield _(
        "What you contest in the report is named before the appeal is filed, point by point, on the page of the"
        " report."
    )


def _certifies(letter: Letter) -> bool:
    step = compiled(letter.facts["edition"]).steps[letter.facts["transition"]]
    return any(effect.name == CERTIFIES for effect in step.effects)
