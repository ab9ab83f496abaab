"""Events on paper: set by Typst, from right to left in Arabic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accreditation_engine.certificates.paper.isolates import left_to_right, one_line, own_direction
from accreditation_engine.certificates.paper.typesetting import typeset
from accreditation_engine.engine.zone_words import offset_of, zone_in_words
from accreditation_engine.portal.body import body_name
from accreditation_engine.trail.transparency.models import Checkpoint

from .spoken import Spoken

HERE = Path(__file__).parent
TEMPLATE = "events.typ"


def paper(
    events: Iterable[Spoken], chosen: Sequence[tuple[str, str]], maker: str, checkpoint: Checkpoint | None
) -> bytes:
    """A PDF of `events` in the active language; `chosen` are the names and values of what was looked for, `maker`
    whoever takes it away, `checkpoint` the latest, None before the first. Raises TypesettingError."""
    arabic = (get_language() or "ar").startswith("ar")
    now = timezone.localtime()
    rows = [_row(each, "←" if arabic else "→") for each in events]
    data = {
        "language": "ar" if arabic else "en",
        "body": one_line(body_name()),
        "title": _("Events of the decision trail"),
        "made": _("Made on %(moment)s") % {"moment": _moment(now)},
        "origin": [
            {"name": one_line(name), "value": value} for name, value in _origin(maker, now, checkpoint)
        ],
        "root": checkpoint.root if checkpoint else "",
        "count": _("Events: %(count)d") % {"count": len(rows)},
        "page": _("Page"),
        "chosen": [{"name": one_line(name), "value": own_direction(value)} for name, value in chosen],
        "looked": _("Looked for"),
        "everything": "" if chosen else _("Nothing was narrowed down: these are all events except looks."),
        "columns": [_("When"), _("What happened"), pgettext("of an event", "Who"), _("What it belongs to")],
        "rows": rows,
    }
    return typeset(TEMPLATE, data, timestamp=int(now.timestamp()), folders=[HERE])


def _origin(maker: str, now: datetime, checkpoint: Checkpoint | None) -> list[tuple[str, str]]:
    """Where the paper comes from: who made it, when, and what of the trail had been signed by then."""
    signed = (
        _("of %(moment)s, over %(size)d events, with this root:")
        % {"moment": _moment(timezone.localtime(checkpoint.at)), "size": checkpoint.size}
        if checkpoint
        else _("none had been made yet")
    )
    zone = _("%(zone)s (%(offset)s when this was made)")
    return [
        (_("Made by"), own_direction(maker)),
        (_("Made at"), _moment(now)),
        (_("All times"), zone % {"zone": zone_in_words(), "offset": left_to_right(offset_of(now))}),
        (_("Latest checkpoint"), signed),
    ]


def _moment(moment: datetime) -> str:
    return left_to_right(f"{moment:%Y-%m-%d %H:%M:%S}")


def _row(one: Spoken, arrow: str) -> dict[str, Any]:
    entry, what = one.entry, one.about
    moved = [entry[place] for place in ("source", "target") if entry.get(place)]
    return {
        "at": f"{timezone.localtime(one.event.at):%Y-%m-%d %H:%M:%S}",
        "title": one_line(entry["title"]),
        "moved": f" {arrow} ".join(map(own_direction, moved)),
        "who": own_direction(entry["actor"]),
        "role": one_line(entry["role"]),
        "what": own_direction(what.title),
        "organisation": one_line(what.organisation),
        "comment": one_line(_("The comment was erased by law.") if entry["erased"] else entry["comment"]),
        "reasons": [one_line(each) for each in entry["reasons"]],
        "seq": str(one.event.seq),
        "hash": one.event.hash,
    }
