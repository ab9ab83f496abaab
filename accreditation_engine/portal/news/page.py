"""What the page of news shows: the sentences of letters, as they may be told today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Readings, tell
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.letters.leading import page_of
from accreditation_engine.portal.letters.readings import readings_of

Row = dict[str, Any]


def letters_of(person: User) -> QuerySet[Letter]:
    """The newest first."""
    return Letter.objects.filter(person=person, dropped_at=None).order_by("-written_at", "pk")


def rows(person: User, page: Page[Letter], before: datetime | None) -> list[Row]:
    """What the letters of `page` tell; those that may be told no more are left out."""
    letters = list(page)
    readings = readings_of(person.pk, letters)
    known = [each for each in letters if each.dossier is None or each.dossier in readings]
    told = tell(known, readings)
    return [
        _row(each, told[each.pk].splitlines(), readings, before)
        for each in _each_once(known, told)
        if told[each.pk].strip()
    ]


def _each_once(letters: Sequence[Letter], told: Any) -> list[Letter]:
    """What is told of one file in the same words at the same moment was told in two roles."""
    seen: dict[tuple[Any, ...], Letter] = {}
    for each in letters:
        if each.pk in told:
            seen.setdefault((each.dossier, each.written_at, told[each.pk]), each)
    return list(seen.values())


def _row(letter: Letter, lines: list[str], readings: Readings, before: datetime | None) -> Row:
    first, *others = lines
    reading = readings[letter.dossier] if letter.dossier else None
    if reading is None:
        url = page_of(letter).path
    else:
        url = reverse("dossier", args=[letter.dossier]) if reading.opens else ""
    return {
        "words": first,
        "more": others,
        "at": letter.written_at,
        "number": reading.dossier.number if reading else "",
        "url": url,
        "badge": _new() if before is not None and letter.written_at > before else None,
    }


def _new() -> dict[str, str]:
    return {"title": pgettext("since the last visit", "New"), "tone": "good"}


def nothing() -> dict[str, Any]:
    sentence = _(
        "Nothing was written to you yet. What happens in your files will stand here, as in your mail."
    )
    return {"sentence": sentence, "action": {"title": _("Home"), "url": reverse("home")}}
