"""Opening a scheme under another of its editions: by whoever administers it, and only under one that is proved."""

from __future__ import annotations

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.edition_checks import problems_of
from accreditation_engine.engine.editions import activate
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.unusable import why_unusable
from accreditation_engine.trail.content import Actor

from .administering import as_whom, may_not_administer


def open_under(*, edition: Edition, by: Person | Actor) -> bool:
    """Open the scheme of `edition` under it for new subjects; what is in flight keeps its own. False, with nothing
    written, where it is so already. Raises Refused where `by` does not administer the scheme, and for an edition
    that is no workflow's or does not pass the checks of today."""
    refuse_to_lead_under(edition, by)
    if wrong := unproved(edition):
        raise Refused(wrong)
    return activate(compiled(edition.pk).workflow, edition, by, role=as_whom(by) or "system")


def refuse_to_lead_under(edition: Edition, by: Person | Actor) -> None:
    """Raises Refused where `by` does not administer the scheme of `edition`, and for one that is no workflow's."""
    if barred := may_not_administer(edition.name, by):
        raise Refused(barred)
    if edition.kind != "workflow":
        raise Refused([Reason("edition_of_no_workflow")])


def unproved(edition: Edition) -> list[Reason]:
    """Why nothing comes under `edition`: it is not usable, or does not pass the checks of today."""
    if unusable := why_unusable(edition.pk):
        return unusable
    found = problems_of(edition.pk)
    return [Reason("edition_unproved", {"count": len(found)})] if found else []
