"""What waits for those who administer: mail that does not go, papers that are not made, status lists that are not
signed, roles that end soon."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.finished.standing import in_words as certificates_in_words
from accreditation_engine.certificates.finished.standing import progress
from accreditation_engine.engine.clock import doubts
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.administering import ADMINISTRATOR, administered_by
from accreditation_engine.organisations.erasing import ERASER
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.administration.access import Administrator
from accreditation_engine.portal.administration.roles_page import ENDING, Narrowed
from accreditation_engine.portal.letters.standing import in_words, standing
from accreditation_engine.portal.papers.page import certificates_of, lists_trouble
from accreditation_engine.portal.people import parts_of

Entry = dict[str, Any]


def administration_waiting(person: User) -> list[Entry]:
    """For parts/entries.html. Nine queries at most for who administers everything, none for who administers
    nothing."""
    parts = parts_of(person)
    mail = _mail() if ERASER in parts else []
    if ADMINISTRATOR not in parts:
        return mail
    reader = Administrator(person, administered_by(person))
    return [*_clock(reader), *mail, *_papers(reader), *_lists(reader), *_roles(reader)]


def _clock(reader: Administrator) -> list[Entry]:
    """For whoever administers everything. Two queries at most."""
    words = doubts() if reader.schemes is None else ""
    if not words:
        return []
    return [{"title": _("The clock is to be looked at"), "url": reverse("checkpoints"), "words": words}]


def _mail() -> list[Entry]:
    found = standing()
    if not (found.doubt or found.given_up or (found.lonely and found.waiting)):
        return []
    words = _("Nobody sends it: start a worker.") if found.lonely else _("It waits for your word.")
    title = _("Mail that does not go out")
    return [{"title": title, "url": reverse("letters"), "words": f"{in_words(found)}. {words}"}]


def _papers(reader: Administrator) -> list[Entry]:
    found = progress(certificates_of(reader.person, reader))
    if not found.overdue:
        return []
    words = _("Look why, and mend it: until then nobody can take these certificates home.")
    said = f"{certificates_in_words(found)}. {words}"
    return [{"title": _("Certificates without their paper"), "url": reverse("papers"), "words": said}]


def _lists(reader: Administrator) -> list[Entry]:
    if not lists_trouble(reader):
        return []
    words = _("Whoever checks a credential away from this site reads an older status. Look why, and mend it.")
    return [{"title": _("Status lists that are not signed"), "url": reverse("papers"), "words": words}]


def _roles(reader: Administrator) -> list[Entry]:
    narrowed = Narrowed(words="", role="", scheme="", standing=ENDING)
    ending = narrowed.rows(reader.grants()).count()
    if not ending:
        return []
    words = ngettext(
        "%(count)d role ends within 30 days. Give it anew where its holder goes on.",
        "%(count)d roles end within 30 days. Give them anew where their holders go on.",
        ending,
    )
    url = f"{reverse('roles')}?standing={ENDING}"
    return [{"title": _("Roles that end soon"), "url": url, "words": words % isolated({"count": ending})}]
