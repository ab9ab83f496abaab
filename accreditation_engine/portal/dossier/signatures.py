"""Who signed the declaration with which a file was handed in, and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.declaration import DECLARATION
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told


def signed_last(moved: Iterable[Event]) -> list[Event]:
    """The step that was signed last; none while nobody signed."""
    return [each for each in moved if each.transition and DECLARATION in each.data][-1:]


def signature(moved: Iterable[Event], said: Iterable[Told]) -> list[dict[str, Any]]:
    """For parts/facts.html; with the name, where the event is among those whose names were `said`."""
    names = {each.event.seq: each.actor for each in said}
    return [
        {
            "term": _("Signed and handed in"),
            "value": each.at,
            "kind": "day",
            "note": names.get(each.seq, ""),
        }
        for each in signed_last(moved)
    ]
