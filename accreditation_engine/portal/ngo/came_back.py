"""A file that came back to its organisation: why, on each page on which it is mended."""

from __future__ import annotations

from typing import Any

from accreditation_engine.portal.dossier.overview import word_of
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told


def came_back(reader: Reader) -> dict[str, Any] | None:
    """For parts/word.html; None where the file was never with others. Two queries, none for a new file."""
    dossier = reader.dossier
    if dossier.state == reader.scheme.workflow.initial:
        return None
    entered = Event.objects.filter(stream=dossier.pk, seq=dossier.entered_seq)
    return word_of(reader, told(entered))
