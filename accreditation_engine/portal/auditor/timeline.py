"""A page of the trail, for parts/timeline.html."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.acting import SYSTEM_ROLE
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.panel.sealed import sees_ballot
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, names_of, told

from . import (  # noqa: F401 - they register their words
    draw_sentences,
    erasure_sentences,
    finding_sentences,
    interest_sentences,
    other_sentences,
    panel_sentences,
    question_sentences,
    queue_sentences,
    report_sentences,
    sign_in_sentences,
    upkeep_sentences,
    visit_sentences,
)
from .erase_links import with_erase_links
from .judged_words import pieces_seen
from .sentences import SHEET, Context, Eyes, Sentence, in_a_sentence, names_mentioned

TONES = ("applicant", "coordinator", "reviewer", "panel", "system")


def timeline(reader: Reader, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Every event in words. Three queries, however many events."""
    said = told(events)
    names = names_of(names_mentioned(each.content for each in said))
    shown = [entry(each, in_a_sentence(Context(each, reader, names)), reader) for each in said]
    return with_erase_links(reader, said, shown)


def entry(each: Told, sentence: Sentence, reader: Eyes) -> dict[str, Any]:
    """One event for parts/timeline.html, as far as `reader` may see it. No query."""
    event, whole = each.event, not sentence.needs or reader.sees(sentence.needs)
    return {
        "title": sentence.title,
        "tone": sentence.tone or _tone(event.role),
        "icon": sentence.icon,
        "at": event.at,
        **actor_shown(each),
        **_move(event),
        "comment": each.comment if whole else "",
        "erased": each.erased,
        "erased_at": each.erased_at,
        "reasons": sentence.reasons,
        "facts": sentence.facts if whole else [],
        "seq": event.seq,
        "hash": event.hash,
        "raw": raw(each) if whole and _nothing_hidden(each, reader) else "",
        "withheld": not (whole and _nothing_hidden(each, reader)),
    }


def _tone(role: str) -> str:
    return role if role in TONES else "panel" if role == "appeal_panel" else "neutral"


def actor_shown(each: Told) -> dict[str, str]:
    """What the actor was called then, and the role in words."""
    if each.event.role == SYSTEM_ROLE or each.event.actor is None:
        return {"actor": role_title(SYSTEM_ROLE), "role": ""}
    name = each.actor or _("a name that was erased by law")
    return {"actor": name, "role": role_title(each.event.role) if each.event.role else ""}


def _move(event: Event) -> dict[str, str]:
    """From where to where, where that is not the same."""
    if not event.target or event.target == event.source:
        return {}
    states = compiled(event.edition).workflow.states
    names = {"source": event.source, "target": event.target}
    return {place: state_title(event.edition, state) for place, state in names.items() if state in states}


def _nothing_hidden(each: Told, reader: Eyes) -> bool:
    """Guards leave what they judged in the event: outcomes and tallies are told to those who see them."""
    judged = each.content["data"].get("judged", {})
    scored = any(name.startswith(SHEET) for name in judged)
    if not pieces_seen(judged, reader):
        return False
    counted = not judged.keys().isdisjoint(("votes", "cast")) and not sees_ballot(
        reader, judged.get("ballot")
    )
    return (not scored or reader.sees("scores")) and not counted


def raw(each: Told) -> str:
    return json.dumps(each.content, ensure_ascii=False, indent=2)
