"""A mail made of letters: in its reader's language, file by file, the weightiest first, as text and as a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.words import state_title, words_for_applicants
from accreditation_engine.organisations.erasing import NOBODY
from accreditation_engine.organisations.letters.models import Letter, Mail
from accreditation_engine.organisations.letters.told import Reading, Readings, tell
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.body import body_name
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.mail_message import MailMessage

from .leading import Page, home, page_of
from .readings import readings_of
from .steps import tells_decision

FILES_SHOWN = 40
LINES_SHOWN = 20
"""Of one file."""


@dataclass(frozen=True)
class Line:
    """What one letter says: what happened in the first line, and what else has to be said in others."""

    text: str
    decides: bool
    urgent: bool
    due_at: datetime | None
    written_at: datetime

    @property
    def weight(self) -> tuple[bool, bool, bool, datetime, datetime]:
        """A decision comes first, then what is late, what is urgent, and what is due, by its day."""
        late = self.due_at is not None and self.due_at <= timezone.now()
        return not self.decides, not late, not self.urgent, self.due_at or _never(), self.written_at

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True)
class Group:
    """What is told of one file, and in which `state` it is now, "" where the reader may not see that. What is
    about no file has no `number`. `page` is where it is read on."""

    number: str
    scheme: str
    state: str
    page: Page
    lines: Sequence[Line]

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.page.path

    @property
    def weight(self) -> tuple[bool, bool, bool, datetime, datetime]:
        """That of its weightiest line, which comes first."""
        return self.lines[0].weight


def _never() -> datetime:
    return datetime.max.replace(tzinfo=timezone.get_current_timezone())


def mail_of(mail: Mail) -> MailMessage | None:
    """The mail with what its letters may still tell; None where that is nothing. What may be told no more is
    dropped for good."""
    reader = mail.person
    if not reader.is_active or reader.email.endswith(f"@{NOBODY}"):
        return None
    letters = list(mail.letters.select_related("person").order_by("written_at", "pk"))
    with translation.override(reader.language):
        readings = readings_of(reader.pk, letters)
        known = [each for each in letters if each.dossier is None or each.dossier in readings]
        told = tell(known, readings)
        _drop([each.pk for each in letters if each.pk not in told])
        groups = _groups([each for each in known if each.pk in told], told, readings)
        return _message(reader, groups, message_id(letters)) if groups else None


def _drop(letters: Sequence[UUID]) -> None:
    if letters:
        Letter.objects.filter(pk__in=letters).update(dropped_at=timezone.now())


def message_id(letters: Iterable[Letter]) -> str:
    """The same for the same letters: a mail that is sent once more, by an administrator or by another server, can
    be known for the same one."""
    said = "\n".join(sorted(str(each.pk) for each in letters))
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<letters.{hashlib.sha256(said.encode()).hexdigest()[:40]}@{host}>"


def _groups(letters: Sequence[Letter], told: Mapping[UUID, str], readings: Readings) -> list[Group]:
    lines: dict[tuple[UUID | None, Page | None], list[Line]] = {}
    for each in letters:
        decides = each.dossier is not None and tells_decision(each, readings[each.dossier])
        line = Line(told[each.pk], decides, each.urgent, each.due_at, each.written_at)
        said = lines.setdefault((each.dossier, None if each.dossier else page_of(each)), [])
        if line.text not in [other.text for other in said]:
            said.append(line)
    groups = [_group(dossier, page, each, readings) for (dossier, page), each in lines.items()]
    return sorted(groups, key=lambda each: each.weight)


def _group(dossier: UUID | None, page: Page | None, lines: list[Line], readings: Readings) -> Group:
    ordered = sorted(lines, key=lambda each: each.weight)
    if dossier is None:
        return Group("", "", "", page or home(), ordered)
    reading = readings[dossier]
    return Group(
        number=reading.dossier.number,
        scheme=reading.scheme.workflow.title.in_language(language()),
        state=_state(reading),
        page=_page(dossier, reading),
        lines=ordered,
    )


def _page(dossier: UUID, reading: Reading) -> Page:
    return Page(reverse("dossier", args=[dossier]), _("Open the file")) if reading.opens else home()


def _state(reading: Reading) -> str:
    if not (reading.opens and reading.parts.open):
        return ""
    with words_for_applicants(reading.outside):
        return state_title(reading.dossier.edition_id, reading.dossier.state)


def _message(reader: User, groups: Sequence[Group], known_as: str) -> MailMessage:
    context = _context(reader, groups)
    text = render_to_string("portal/mail/letters.txt", context)
    message = MailMessage(
        _subject(groups),
        text,
        to=[reader.email],
        headers={"Message-ID": known_as, "Auto-Submitted": "auto-generated", "Content-Language": language()},
    )
    message.attach_alternative(render_to_string("portal/mail/letters.html", context), "text/html")
    return message


def _subject(groups: Sequence[Group]) -> str:
    """What the first is about; where it is a file and there are others, how many."""
    first, files = groups[0], sum(1 for each in groups if each.number)
    if first.number and files > 1:
        values = {"count": files, "number": isolate(first.number)}
        return (
            ngettext("News of %(count)d file: %(number)s", "News of %(count)d files: %(number)s …", files)
            % values
        )
    what = first.lines[0].lines[0].rstrip(".")
    if not first.number:
        return what
    return _("File %(number)s: %(what)s") % isolated({"number": first.number, "what": what})


def _context(reader: User, groups: Sequence[Group]) -> dict[str, Any]:
    more = len(groups) - FILES_SHOWN
    return {
        "language": language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "body_name": body_name(),
        "reader": reader,
        "groups": [
            {"group": each, "lines": each.lines[:LINES_SHOWN], "more": max(0, len(each.lines) - LINES_SHOWN)}
            for each in groups[:FILES_SHOWN]
        ],
        "more_files": max(0, more),
        "home": settings.SITE_URL + reverse("home"),
        "account": settings.SITE_URL + reverse("account"),
    }
