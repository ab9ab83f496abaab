"""The page on which one area is rated, the organisation's answer beside each criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.queries import answers_of, evidence_of
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.portal.dossier.anonymous import knows
from accreditation_engine.portal.dossier.answers import beside_answer, criterion_head
from accreditation_engine.portal.dossier.autosave_words import page_words
from accreditation_engine.portal.dossier.beside import beside
from accreditation_engine.portal.dossier.entries import RATING, TEXT, WAS, Entries, rating_part, shown
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import Key, Section, rating_keys, scale_in_words
from accreditation_engine.portal.dossier.since_last import LastFile, narrowed
from accreditation_engine.portal.dossier.two_tabs import NOTHING, Typed, mark
from accreditation_engine.portal.erased_words import erased_on
from accreditation_engine.reviews.over import CLOSED

from .desk import Review


def area_page(
    review: Review, section: Section, entries: Entries | None = None, *, changed_only: bool = False
) -> dict[str, Any]:
    """The context of portal/review_area.html; with `entries`, what was typed and what is wrong."""
    fields = shown(section, review.kept, entries)
    answers = _answers(review, section)
    criteria = [
        {
            **criterion_head(number, each),
            **answers.get(each.id, {}),
            **_own(review, section, each, fields[section.rubric.id, each.id], entries),
        }
        for number, each in section.criteria
    ]
    return {
        **frame(review.reader, "dossier"),
        "section": section,
        "rubric": section.rubric.title.in_language(language()),
        "open": review.open,
        "progress": review.whole(),
        "sections": review.listed(section),
        "sections_label": _("Areas of the review"),
        "beside": beside(
            review.sections, section, review.address, reverse("review", args=[review.reader.dossier.pk])
        ),
        "missing": review.missing(section),
        "autosave": review_words(review),
        **narrowed(criteria, changed_only),
        "keys": _digits(section),
        "scale": [] if _told(section) else scale_in_words(section.rubric),
        "errors": entries.summary() if entries else [],
    }


def review_words(review: Review) -> dict[str, Any]:
    """For parts/autosave.html."""
    return page_words(review.work, over="" if review.open else str(Reason(CLOSED)))


def _answers(review: Review, section: Section) -> Mapping[str, Any]:
    """What the organisation said, by criterion, as far as it may be seen, and what became of it since the file
    that this one renews. Two queries, and three where there is one."""
    reader = review.reader
    if not reader.sees("answers"):
        return {}
    answers = answers_of(reader.dossier)
    files = evidence_of(reader.dossier) if reader.sees("evidence") else {}
    last, named = LastFile.of(reader), knows(reader)
    return {
        each.id: beside_answer(
            section.rubric,
            each,
            answers.get((section.rubric.id, each.id)),
            files.get((section.rubric.id, each.id), []),
            last,
            named=named,
        )
        for each in section.area.criteria
    }


def _own(
    review: Review, section: Section, criterion: Criterion, field: tuple[Typed, str], entries: Entries | None
) -> dict[str, Any]:
    (value, note), was = field
    part = rating_part(section, criterion, value, _("Your rating"))
    if "rating" in part:
        part["rating"]["told"] = _told(section)
    for each in part.values():
        each["error"] = entries.error(RATING, criterion.id) if entries else ""
        each["disabled"] = not review.open
    private = {
        "name": section.field(TEXT, criterion),
        "saving": TEXT,
        "label": _("Private note"),
        "help": _note_help(review, (section.rubric.id, criterion.id)),
        "value": note,
        "error": entries.error(TEXT, criterion.id) if entries else "",
        "disabled": not review.open,
    }
    return {
        "rating": part.get("rating"),
        "entries": [*([part["field"]] if "field" in part else []), private],
        "saves": review.open,
        "unsaved": (value, note) != review.kept.get((section.rubric.id, criterion.id), NOTHING),
        "was": {"name": section.field(WAS, criterion), "value": was or mark((value, note))},
    }


def _told(section: Section) -> bool:
    """Whether the meaning of each mark stands beside it: where it has one, and there are keys to press."""
    keys = (rating_keys(section.rubric, each) for each in section.area.criteria)
    return any(option["meaning"] for each in keys for option in each["options"])


def _digits(section: Section) -> dict[str, str] | None:
    """The first and the last rating that can be pressed as digits; None where numbers are typed."""
    keys = (rating_keys(section.rubric, each)["options"] for each in section.area.criteria)
    values = [option["label"] for options in keys for option in options if option["label"].isdecimal()]
    return {"first": min(values, key=int), "last": max(values, key=int)} if values else None


def _note_help(review: Review, key: Key) -> str:
    erased_at = review.erased.get(key)
    return erased_on(erased_at) if erased_at else _("Only you read it.")
