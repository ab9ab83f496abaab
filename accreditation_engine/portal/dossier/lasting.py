"""When it is looked at whether a corrective action lasts, said beside a finding that is closed and not settled."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.options import Option
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.models import Finding

WAITS = "waited"


def effect_in_words(finding: Finding, offered: Sequence[Option]) -> str:
    """When reviewers are reminded; and, where their step is offered before, that no time is set for it."""
    state = compiled(finding.edition_id).workflow.states[finding.state]
    if state.waits_for or state.final or finding.deadline_at is None:
        return ""
    told = _("On %(day)s its reviewers are reminded to look whether the action lasts.")
    if offered and not _waits(offered):
        told += " " + _("The workflow sets no time before that: whoever can tell already may say so now.")
    return told % isolated({"day": day_in_words(finding.deadline_at)})


def _waits(offered: Sequence[Option]) -> bool:
    """Whether one of the steps has to wait, in which case it says itself for which day."""
    return any(guard.name == WAITS for each in offered for guard in each.step.guards)
