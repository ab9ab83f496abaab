"""One file in the eyes of who asks, as its pages have it; and why it is refused, where it is."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from accreditation_engine.api.problems import Refusal
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.auditor.access import AUDITOR
from accreditation_engine.portal.auditor.looks import look
from accreditation_engine.portal.dossier.reader import MustDeclare, Reader, reader_of


def reading(person: User, pk: UUID) -> Reader:
    """Raises Refusal where the file does not exist for `person`, and where they have yet to declare interests."""
    try:
        return reader_of(person, pk)
    except Http404:
        raise nothing_there() from None
    except MustDeclare:
        detail = _(
            "Declare your interests on the page of this file first; until then nothing of it is shown."
        )
        raise Refusal(403, "interests-undeclared", detail) from None


def nothing_there() -> Refusal:
    """The same for what is kept from somebody and for what is nowhere."""
    return Refusal(404, "no-such-dossier", _("No file that you may see has this identifier."))


def not_shown() -> Refusal:
    """A part of a file that is seen: no secret is in that it exists."""
    return Refusal(404, "not-shown", _("You see this file, but this part of it is not shown to you."))


def looked(reader: Reader, page: str) -> None:
    """Whoever reads as an auditor is read as well, by whichever way they come."""
    if reader.plays(AUDITOR):
        look(reader.person, page, dossier=reader.dossier.pk)
