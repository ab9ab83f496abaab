"""Events as lines of a file: a table that spreadsheets open rightly, and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accreditation_engine.portal.table_files import csv_of
from accreditation_engine.trail.content import timestamp

from .spoken import Spoken


def table(batches: Iterable[list[Spoken]]) -> Iterator[bytes]:
    """What happened in words, in the language that is active when each part is asked for."""
    yield from csv_of(_columns(), ([_row(one) for one in events] for events in batches))


def lines(batches: Iterable[list[Spoken]]) -> Iterator[bytes]:
    """Each event as canonical JSON with its hash; of one that is withheld, what is told of it on pages."""
    for events in batches:
        yield "".join(_json(each) for each in events).encode()


def _columns() -> list[str]:
    return [
        _("When"),
        _("What happened"),
        pgettext("of an event", "Who"),
        _("Role"),
        _("From state"),
        _("To state"),
        _("Comment"),
        _("Why it was refused"),
        _("What it belongs to"),
        _("Name or number"),
        _("File number"),
        _("Organisation"),
        _("Event number"),
        _("Stream"),
        _("Hash"),
    ]


def _row(one: Spoken) -> list[Any]:
    entry, what = one.entry, one.about
    comment = _("erased by law") if entry["erased"] else entry["comment"]
    return [
        timestamp(one.event.at),
        entry["title"],
        entry["actor"],
        entry["role"],
        entry.get("source", ""),
        entry.get("target", ""),
        comment,
        _("; ").join(entry["reasons"]),
        what.kind_title,
        what.title,
        what.number,
        what.organisation,
        one.event.seq,
        one.event.stream,
        one.event.hash,
    ]


def _json(one: Spoken) -> str:
    content = one.told.content
    if one.withheld:
        content = {name: content[name] for name in ("stream", "seq", "at", "kind", "hash")} | {
            "withheld": True
        }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
