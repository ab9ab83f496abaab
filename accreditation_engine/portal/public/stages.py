"""The way of a file for somebody who has none yet: a few steps in words, before the drawing of all there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.definitions.duration_words import in_words as duration_in_words
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.portal.dossier.road import way_ahead
from accreditation_engine.portal.dossier.states import deadline_shown, shown_title

from .entry import language

Stage = dict[str, Any]


def stages(scheme: Compiled) -> list[Stage]:
    """From the beginning to the certificate, where all goes well: [{title, words}], as an organisation is told."""
    first = scheme.workflow.initial
    return list(_told(scheme, [first, *way_ahead(scheme, first)]).values())


def other_stages(scheme: Compiled) -> list[Stage]:
    """All other stages that an organisation may be told of, each once."""
    on_the_way = {each["title"] for each in stages(scheme)}
    told = _told(scheme, scheme.workflow.states)
    return [each for title, each in told.items() if title not in on_the_way]


def _told(scheme: Compiled, names: Iterable[str]) -> dict[str, Stage]:
    told: dict[str, Stage] = {}
    for name in names:
        title = shown_title(scheme, name, outside=True)
        told.setdefault(title, {"title": title, "words": _words(scheme, name)})
    return told


def _words(scheme: Compiled, name: str) -> str:
    """Who acts, and what time the organisation has for it; "" at an end."""
    state = scheme.workflow.states[name]
    if state.waits_for is None:
        return ""
    if state.waits_for == "applicant":
        who = _("It is up to you.")
    else:
        who = _("It is up to the accrediting body: %(role)s.") % isolated(
            {"role": role_title(state.waits_for)}
        )
    if state.deadline is None or state.deadline.after is None or not deadline_shown(state, outside=True):
        return who
    time = duration_in_words(state.deadline.after, language())
    return " ".join([who, _("You have %(time)s for it.") % isolated({"time": time})])
