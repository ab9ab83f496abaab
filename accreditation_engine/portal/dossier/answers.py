"""What the organisation said of itself, to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from accreditation_engine.definitions.rubric import Criterion, Rubric
from accreditation_engine.dossiers.models import Answer, Evidence
from accreditation_engine.dossiers.queries import HandedIn, handed_in
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.uploads import links
from accreditation_engine.uploads.previews import PREVIEWED

from .anonymous import file_called, knows
from .reader import Reader, language
from .rubrics import Key, Section, all_sections, given
from .since_last import LastFile

LOOKED_AT = PREVIEWED | {links.MEDIA_TYPE}
"""Media types of files that have a page on which they are looked at."""


def file_list(
    files: Iterable[Evidence], *, removable: bool = False, named: bool = True
) -> list[dict[str, Any]]:
    """For parts/files.html. Not `named`: before those who shall not learn whose they are."""
    shown = list(files)
    latest = {_of_one_name(each): each for each in sorted(shown, key=lambda each: each.filed_at) if each.name}
    return [
        {
            "id": each.pk,
            **_called(each, named),
            "preview": preview_address(each),
            "newer_at": replaced_at(each, latest.get(_of_one_name(each), each)),
            "erased_at": each.content_erased_at,
            "size": each.size,
            "sha256": each.sha256,
            "at": each.filed_at,
            "seen_on": each.seen_on,
            **({"remove": "take_back"} if removable else {}),
        }
        for each in shown
    ]


def _called(filed: Evidence, named: bool) -> dict[str, str]:
    """A link by what it is called and its `host`, and it is looked at rather than saved."""
    if filed.media_type == links.MEDIA_TYPE and named and filed.name:
        link = links.called(filed.name)
        return {"name": link.title, "host": link.host, "url": preview_address(filed)}
    address = "" if filed.content_erased_at else reverse("evidence", args=[filed.dossier_id, filed.pk])
    return {"name": file_called(filed, named=named), "url": address}


def preview_address(filed: Evidence) -> str:
    """Where to look at it; "" where there is nothing to see."""
    if filed.content_erased_at or filed.media_type not in LOOKED_AT:
        return ""
    return reverse("evidence_preview", args=[filed.dossier_id, filed.pk])


def replaced_at(filed: Evidence, latest: Evidence) -> datetime | None:
    """When a newer file of the same name came for the same criterion; the older one stays beside it."""
    return latest.filed_at if latest.pk != filed.pk else None


def _of_one_name(filed: Evidence) -> tuple[object, ...]:
    return filed.rubric, filed.criterion, filed.visit, filed.name


def criterion_head(number: str, criterion: Criterion) -> dict[str, Any]:
    """What every criterion shows, for parts/criterion.html."""
    return {
        "id": criterion.id,
        "number": number,
        "title": criterion.title.in_language(language()),
        "guidance": criterion.guidance.in_language(language()) if criterion.guidance else "",
        "evidence": criterion.evidence,
    }


def answer_shown(
    rubric: Rubric, answer: Answer | None, files: Iterable[Evidence], *, named: bool = True
) -> dict[str, Any]:
    """One answer, for parts/criterion.html."""
    text = or_erased(answer.narrative, answer.narrative_erased_at) if answer else ""
    shown = {"text": text, "files": file_list(files, named=named)}
    return {**shown, **(given(rubric, answer.rating) if answer and answer.rating else {})}


def beside_answer(
    rubric: Rubric,
    criterion: Criterion,
    answer: Answer | None,
    files: Iterable[Evidence],
    last: LastFile | None,
    *,
    named: bool = True,
) -> dict[str, Any]:
    """{answer}, and `since` in a file that renews another, for parts/criterion.html."""
    shown = {"answer": answer_shown(rubric, answer, files, named=named)}
    return shown if last is None else {**shown, "since": last.since(rubric, criterion, answer, files)}


def answered_sections(reader: Reader, work: HandedIn | None = None) -> list[dict[str, Any]]:
    """Every area with its criteria and answers. Two queries where the `work` was not read before, and three in a
    file that renews another."""
    work = work or handed_in(reader.dossier)
    files = work.files if reader.sees("evidence") else {}
    named, last = knows(reader), LastFile.of(reader)
    return [_section(each, work.answers, files, named, last) for each in all_sections(reader.scheme)]


def _section(
    section: Section,
    answers: Mapping[Key, Answer],
    files: Mapping[Key, list[Evidence]],
    named: bool,
    last: LastFile | None,
) -> dict[str, Any]:
    criteria = []
    for number, criterion in section.criteria:
        key = (section.rubric.id, criterion.id)
        shown = beside_answer(
            section.rubric, criterion, answers.get(key), files.get(key, []), last, named=named
        )
        criteria.append({**criterion_head(number, criterion), **shown})
    return {
        "id": f"{section.rubric.id}-{section.area.id}",
        "rubric": section.rubric.title.in_language(language()),
        "number": section.number,
        "title": section.title,
        "criteria": criteria,
    }
