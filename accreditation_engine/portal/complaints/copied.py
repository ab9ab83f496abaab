"""Concerns about an organisation, with its answers, as a copy of its file takes them along: what their pages show
it, and so never who raised them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accreditation_engine.complaints.filing import files_of_many
from accreditation_engine.complaints.models import Complaint, ComplaintFile
from accreditation_engine.complaints.queries import Story, stories_of
from accreditation_engine.complaints.subject import THING
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.erased_words import or_erased

from .public_views import concern_facts


@dataclass(frozen=True)
class CopiedConcern:
    """`files` by the number of the event whose text they came with, without those that were erased."""

    complaint: Complaint
    story: Story
    files: Mapping[int, tuple[ComplaintFile, ...]]


def concerns_to_copy(reader: Reader) -> list[CopiedConcern]:
    """In their order. Five queries, one where there are none."""
    rows = Complaint.objects.filter(dossier=reader.dossier).select_related("dossier").order_by("number")
    found = [each for each in rows if THING in visible(each, reader.roles)]
    if not found:
        return []
    stories, files = stories_of(found), files_of_many(found)
    return [CopiedConcern(each, stories[each.pk], _standing(files[each.pk])) for each in found]


def _standing(files: Mapping[int, Iterable[ComplaintFile]]) -> dict[int, tuple[ComplaintFile, ...]]:
    return {seq: tuple(each for each in some if each.erased_at is None) for seq, some in files.items()}


def in_words(copied: CopiedConcern) -> dict[str, Any]:
    """In the active language: what was `said` by whoever raised it, and what was `done`."""
    complaint, story = copied.complaint, copied.story
    return {
        "number": complaint.number,
        "state": state_title(complaint.edition_id, complaint.state),
        "facts": concern_facts(complaint),
        "said": [_with_files(copied, each) for each in story.said],
        "done": [
            {
                "title": transition_title(each.event.edition, each.event.transition),
                **_with_files(copied, each),
            }
            for each in story.moved
        ],
    }


def _with_files(copied: CopiedConcern, told: Any) -> dict[str, Any]:
    return {
        "at": told.event.at,
        "text": or_erased(told.comment, told.erased_at),
        "files": [
            {"id": each.pk, "name": each.name, "size": each.size, "sha256": each.sha256, "at": each.filed_at}
            for each in copied.files.get(told.event.seq, ())
        ],
    }
