"""The page on which one area is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.guards import unexplained
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.queries import answers_of
from accreditation_engine.portal.dossier.answers import criterion_head, file_list
from accreditation_engine.portal.dossier.autosave_words import page_words
from accreditation_engine.portal.dossier.beside import beside
from accreditation_engine.portal.dossier.entries import FILES, RATING, TEXT, WAS, Entries, rating_part, shown
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Section, scale_in_words
from accreditation_engine.portal.dossier.two_tabs import NOTHING, Typed, mark
from accreditation_engine.portal.erased_words import erased_on
from accreditation_engine.portal.sending.words import sending_words
from accreditation_engine.uploads.kinds import file_field

from .arriving import arriving_here
from .came_back import came_back
from .carried import carried_from, carried_in
from .missing import missing
from .progress import Progress

NOT_FOR_ONESELF = frozenset({"unable_to_verify"})


def area_page(
    reader: Reader, section: Section, entries: Entries | None = None, taken_back: Evidence | None = None
) -> dict[str, Any]:
    """The context of portal/self_assessment_area.html; with `entries`, what was typed and what is wrong; with
    `taken_back`, a file that can be put back."""
    progress = Progress.of(reader)
    fields = shown(section, progress.kept, entries)
    rubric = section.rubric
    return {
        **frame(reader, "answers"),
        "word": came_back(reader),
        "section": section,
        "rubric": rubric.title.in_language(language()),
        "sections": progress.listed(section),
        "progress": progress.whole(),
        "beside": beside(progress.sections, section, progress.address, progress.index),
        "missing": missing(progress, section),
        "autosave": page_words(progress.work),
        "sending": sending_words(arriving_here(reader, section)),
        "sections_label": _("Areas of the self-assessment"),
        "criteria": [
            {
                **_criterion(progress, section, number, each, fields[rubric.id, each.id], entries),
                "taken_back": taken_back if taken_back and taken_back.criterion == each.id else None,
            }
            for number, each in section.criteria
        ],
        "scale": scale_in_words(rubric),
        "carried": carried_in(progress, section),
        "errors": entries.summary() if entries else [],
        "saved_at": _saved_at(reader, section),
    }


def _criterion(
    progress: Progress,
    section: Section,
    number: str,
    criterion: Criterion,
    field: tuple[Typed, str],
    entries: Entries | None,
) -> dict[str, Any]:
    (rating, text), was = field
    part = rating_part(section, criterion, rating, _("Your own rating"), without=NOT_FOR_ONESELF)
    narrative = {
        "name": section.field(TEXT, criterion),
        "saving": TEXT,
        "label": _("How do you meet this?"),
        "help": _help(section, progress.erased.get((section.rubric.id, criterion.id))),
        "value": text,
        "error": (entries.error(TEXT, criterion.id) if entries else "") or asked_to_explain(rating, text),
    }
    wrong = entries.error(RATING, criterion.id) if entries else ""
    for each in part.values():
        each["error"] = wrong
    return {
        **criterion_head(number, criterion),
        "carried": carried_from(progress, (section.rubric.id, criterion.id)),
        "rating": part.get("rating"),
        "entries": [
            *([part["field"]] if "field" in part else []),
            narrative,
            *_upload(progress.reader, section, criterion, entries),
        ],
        "files": file_list(progress.files.get((section.rubric.id, criterion.id), []), removable=True),
        "saves": True,
        "files_come": criterion.evidence != "none",
        "unsaved": (rating, text) != progress.kept.get((section.rubric.id, criterion.id), NOTHING),
        "was": {"name": section.field(WAS, criterion), "value": was or mark((rating, text))},
    }


def _help(section: Section, erased_at: datetime | None) -> str:
    """Where an answer was erased by law, that it was, and when."""
    if erased_at is not None:
        return erased_on(erased_at)
    return _("Say why, where it does not apply.") if "not_applicable" in section.rubric.scale.also else ""


def asked_to_explain(rating: str, text: str) -> str:
    """Kept it is, for work must not be lost; but nobody shall learn only on submitting that it is not enough."""
    if not unexplained(rating, text):
        return ""
    return _("Say why this does not apply: without it the file cannot be submitted.")


def _upload(
    reader: Reader, section: Section, criterion: Criterion, entries: Entries | None
) -> list[dict[str, Any]]:
    if criterion.evidence == "none":
        return []
    taken = file_field()
    where = [reader.dossier.pk, section.rubric.id, section.area.id, criterion.id]
    return [
        {
            "name": section.field(FILES, criterion),
            "type": "file",
            "multiple": True,
            "drop": True,
            "accept": taken["accept"],
            "label": _("Add evidence"),
            "help": taken["words"],
            "error": entries.error(FILES, criterion.id) if entries else "",
            "required": criterion.evidence == "required",
            "other_ways": [
                {
                    "title": _("Choose from what you filed already"),
                    "url": reverse("reuse_evidence", args=where),
                },
                {"title": _("Add a link"), "url": reverse("link_evidence", args=where)},
            ],
        }
    ]


def _saved_at(reader: Reader, section: Section) -> Any:
    given = answers_of(reader.dossier)
    return max((given[key].updated_at for key in section.keys if key in given), default=None)
