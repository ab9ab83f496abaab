"""Events on paper: set by Typst, from right to left in Arabic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.certificates.paper import typeset
from accreditation_engine.certificates.paper.isolates import left_to_right, one_line, own_direction

from .spoken import Spoken

HERE = Path(__file__).parent
TEMPLATE = "events.typ"


def paper(events: Iterable[Spoken], chosen: Sequence[tuple[str, str]]) -> bytes:
    """A PDF of `events` in the active language; `chosen` are the names and values of what was looked for. Raises
    TypesettingError."""
    arabic = (get_language() or "ar").startswith("ar")
    now = timezone.localtime()
    rows = [_row(each, "←" if arabic else "→") for each in events]
    data = {
        "language": "ar" if arabic else "en",
        "body": one_line(settings.ACCREDITING_BODY["ar" if arabic else "en"]),
        "title": _("Events of the decision trail"),
        "made": _("Made on %(moment)s") % {"moment": left_to_right(f"{now:%Y-%m-%d %H:%M}")},
        "count": _("Events: %(count)d") % {"count": len(rows)},
        "page": _("Page"),
        "chosen": [{"name": one_line(name), "value": own_direction(value)} for name, value in chosen],
        "columns": [_("When"), _("What happened"), _("Who"), _("What it belongs to")],
        "rows": rows,
    }
    return typeset(TEMPLATE, data, timestamp=int(now.timestamp()), folders=[HERE])


def _row(one: Spoken, arrow: str) -> dict[str, Any]:
    entry, what = one.entry, one.about
    moved = [entry[place] for place in ("source", "target") if entry.get(place)]
    return {
        "at": f"{timezone.localtime(one.event.at):%Y-%m-%d %H:%M}",
        "title": one_line(entry["title"]),
        "moved": f" {arrow} ".join(map(own_direction, moved)),
        "who": own_direction(entry["actor"]),
        "role": one_line(entry["role"]),
        "what": own_direction(what.title),
        "organisation": one_line(what.organisation),
        "comment": one_line(_("The comment was erased by law.") if entry["erased"] else entry["comment"]),
        "seq": str(one.event.seq),
        "hash": one.event.hash,
    }
