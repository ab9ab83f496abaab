"""What an organisation is told of its appeal, as long as it may file one: until when, what it needs, and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.unannounced import told_at_once
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.reviews.report.standing import ends_contesting

from .task import Task

ACTS = "#acts"
"""Where the steps of the file stand on its first page."""


def appeals(reader: Reader, until: date | None) -> Iterator[Task]:
    """`until` is the last day of the state. No query."""
    ends = reader.dossier.deadline_at
    if not _may_appeal(reader) or (ends is not None and ends <= timezone.now()):
        return
    words = _(
        "If you do not appeal, the decision stands. What you contest in the report is named first, point by point,"
        " on its page. Then file the appeal with your reasons, under “What you can do”: after that no point is"
        " taken any more. Those who hear it took no part in the decision."
    )
    yield Task(_("Appeal against the decision"), words, ACTS, _("To the appeal"), until)


def _may_appeal(reader: Reader) -> bool:
    """Whether a step of the organisation leads to where an appeal is decided."""
    workflow, dossier = reader.scheme.workflow, reader.dossier
    hearing = {
        state for name in told_at_once(dossier.edition_id) for state in workflow.transitions[name].from_
    }
    return any(
        workflow.transitions[name].to in hearing and ends_contesting(dossier, name)
        for name in workflow.leaving(dossier.state)
    )
