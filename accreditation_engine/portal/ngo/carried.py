"""Answers that came from the file before: told as such, until they are confirmed or changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.carrying import confirm_answers
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.entries import Entries
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Key, Section

from .progress import Progress

CONFIRM = "confirm"
"""The button's name; its value is a criterion, or "" for all of the area."""


def carried_from(progress: Progress, key: Key) -> dict[str, str] | str | None:
    """For portal/parts/carried.html: "" for an answer that was looked at, None in a file that renews nothing."""
    if progress.reader.dossier.renews_id is None:
        return None
    return {"criterion": key[1], "number": progress.renewed} if key in progress.carried else ""


def carried_in(progress: Progress, section: Section) -> dict[str, str]:
    """What the page of an area says above its criteria; nothing where all were looked at."""
    count = len(progress.carried.intersection(section.keys))
    if not count:
        return {}
    title = ngettext(
        "%(count)d answer here was carried over and not looked at yet",
        "%(count)d answers here were carried over and not looked at yet",
        count,
    )
    words = _(
        "They stood in the file on which %(number)s was issued. Read each: change what has changed, and confirm"
        " what still holds. Until then the file cannot be submitted."
    )
    return {"title": title % {"count": count}, "words": words % isolated({"number": progress.renewed})}


def carried_part(progress: Progress, key: Key) -> dict[str, tuple[str, Any]]:
    """What the page shows of one answer, once it was saved by itself."""
    carried = carried_from(progress, key)
    return (
        {} if carried is None else {f"carried-{key[1]}": ("portal/parts/carried.html", {"carried": carried})}
    )


def confirm(request: HttpRequest, reader: Reader, entries: Entries) -> str | None:
    """The end of the address to go back to, where a button confirmed something. Why not is told in `entries`."""
    if CONFIRM not in request.POST or entries.wrong:
        return None
    named = request.POST[CONFIRM]
    keys = [key for key in entries.section.keys if named in ("", key[1])]
    try:
        confirmed = confirm_answers(dossier=reader.dossier, criteria=keys, by=reader.person)
    except Refused as refused:
        entries.sort_out(refused.reasons)
        return None
    if confirmed:
        words = ngettext("%(count)d answer was confirmed", "%(count)d answers were confirmed", len(confirmed))
        messages.success(request, words % {"count": len(confirmed)})
    return f"#{named}" if named else ""
