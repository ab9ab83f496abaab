"""Rows of a picture as rows of a page, each with the event that said it last; what the event in sight said is
marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.replay.picture import Picture, Row
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import criterion_titles, given

from .as_of import as_of_address

Cell = dict[str, Any]


@dataclass(frozen=True)
class Sight:
    """What a page about a moment is made from: who reads, the event in sight, the pictures after it by stream, the
    scheme of that time, and what people were called, by digest."""

    reader: Reader
    event: Said
    pictures: Mapping[UUID, Picture]
    scheme: Compiled
    names: Mapping[str, str]

    @property
    def own(self) -> Picture:
        """That of the file itself."""
        return self.pictures[self.reader.dossier.pk]

    def name(self, row: Row, name: str = "name_digest") -> str:
        digest = row[name].value if name in row else None
        return self.names.get(digest or "", "") or _("a name that was erased by law")

    def criterion(self, rubric: str, criterion: str) -> str:
        return criterion_titles(self.scheme).get((rubric, criterion), criterion)

    def rating(self, rubric: str, value: str) -> Cell:
        known = self.scheme.rubrics.get(rubric)
        if not value or known is None:
            return {"value": value or _("left open")}
        shown = given(known, value)
        return {"value": shown["rating"], "note": shown["anchor"]}

    def row(self, stream: UUID, row: Row, *cells: Cell) -> dict[str, Any]:
        """`cells`, and behind them the event that said it last."""
        seq = max(each.seq for each in row.values())
        last: Cell = {"value": seq, "kind": "number"}
        if self.changed(stream, seq):
            last = {"badge": {"title": _("This event"), "tone": "coordinator", "icon": "pencil"}}
        else:
            last["url"] = as_of_address(self.reader.dossier.pk, stream, seq)
        return {"cells": [*cells, last]}

    def changed(self, stream: UUID, seq: int) -> bool:
        """Whether the event in sight is the one that said so."""
        return (stream, seq) == (self.event.stream, self.event.seq)


def table(title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A section of the page."""
    return {
        "title": title,
        "fold": ngettext("%(count)d row", "%(count)d rows", len(rows)) % {"count": len(rows)},
        "count": len(rows),
        "changed": any("badge" in each["cells"][-1] for each in rows),
        "table": {
            "caption": title,
            "hide_caption": True,
            "columns": [{"title": each} for each in (*columns, _("Event"))],
            "rows": rows,
        },
    }
