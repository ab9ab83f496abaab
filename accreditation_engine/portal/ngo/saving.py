"""Keeping what a page of the self-assessment sent: answers first, then files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.domain import Given, locked_row, save_answers
from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.dossiers.models import Answer, Evidence
from accreditation_engine.dossiers.queries import answers_of
from accreditation_engine.dossiers.reusing import put_back
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.entries import FILES, Entries
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Key
from accreditation_engine.portal.dossier.two_tabs import Typed, merged
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number


@dataclass
class Saved:
    """How much was kept."""

    answers: int = 0
    files: int = 0


def kept_answers(reader: Reader) -> dict[Key, Typed]:
    """The answers as a form shows them. One query."""
    return as_typed(answers_of(reader.dossier))


def as_typed(answers: Mapping[Key, Answer]) -> dict[Key, Typed]:
    return {key: (each.rating, each.narrative) for key, each in answers.items()}


def save(reader: Reader, entries: Entries, files: MultiValueDict[str, UploadedFile]) -> Saved:
    """Keep what can be kept; what cannot is told in `entries`, which is brought up to date."""
    saved = Saved()
    saved.answers = keep_answers(reader, entries)
    if entries.wrong:
        _ask_again(entries, files)
    else:
        saved.files = _file(reader, entries, files)
    return saved


def keep_answers(reader: Reader, entries: Entries) -> int:
    """How many answers changed. What cannot be kept is told in `entries`."""
    try:
        with transaction.atomic():
            locked_row(reader.dossier)
            kept = kept_answers(reader)
            found = merged(entries.typed, entries.marks, kept)
            if found.conflicts:
                entries.conflict(found.conflicts, kept)
                return 0
            answers = {key: Given(rating, text) for key, (rating, text) in found.changes.items()}
            return len(save_answers(dossier=reader.dossier, answers=answers, by=reader.person))
    except Refused as refused:
        entries.sort_out(refused.reasons)
        return 0


def _ask_again(entries: Entries, files: MultiValueDict[str, UploadedFile]) -> None:
    """No browser fills a file in again: say so, lest somebody believes that it was added."""
    for criterion in entries.section.area.criteria:
        name = entries.section.field(FILES, criterion)
        if files.getlist(name):
            entries.errors[name] = _("Choose the files again: none was added, because of what else is wrong.")


def _file(reader: Reader, entries: Entries, files: MultiValueDict[str, UploadedFile]) -> int:
    """Each file by itself: one that is refused does not stop the others."""
    section, filed = entries.section, 0
    for criterion in section.area.criteria:
        name = section.field(FILES, criterion)
        for upload in files.getlist(name):
            try:
                file_evidence(
                    dossier=reader.dossier,
                    rubric=section.rubric.id,
                    criterion=criterion.id,
                    upload=upload,
                    by=reader.person,
                )
                filed += 1
            except Refused as refused:
                entries.errors[name] = " ".join([entries.errors.get(name, ""), str(refused)]).strip()
    return filed


def leave_out(reader: Reader, evidence: str) -> Evidence:
    """Take a file back. Raises Refused when the self-assessment is closed."""
    filed = _one_of(reader.dossier.evidence.filter(taken_back_at=None, visit=None), evidence)
    take_back(evidence=filed, by=reader.person)
    return filed


def bring_back(reader: Reader, evidence: str) -> Evidence:
    """Put a file back that was taken back. Raises Refused as `put_back` does."""
    filed = _one_of(reader.dossier.evidence.exclude(taken_back_at=None), evidence)
    put_back(evidence=filed, by=reader.person)
    return filed


def _one_of(rows: Any, evidence: str) -> Evidence:
    filed = get_object_or_404(rows, pk=whole_number(evidence, digits=OF_A_ROW))
    assert isinstance(filed, Evidence)  # noqa: S101 - for the type checker
    return filed
