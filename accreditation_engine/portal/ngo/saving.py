"""Keeping what a page of the self-assessment sent: answers first, then files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.domain import Given, locked_row, save_answers
from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.dossiers.models import Answer, Evidence
from accreditation_engine.dossiers.queries import answers_of, own_evidence_of
from accreditation_engine.dossiers.reusing import put_back
from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.entries import FILES, Entries
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Key
from accreditation_engine.portal.dossier.two_tabs import Typed, merged
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number


@dataclass
class Saved:
    """How much was kept; `standing` are the names of files that were sent and lay there already."""

    answers: int = 0
    files: int = 0
    standing: list[str] = field(default_factory=list)


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
        _file(reader, entries, files, saved)
    return saved


def keep_answers(reader: Reader, entries: Entries) -> int:
    """How many answers changed. What cannot be kept is told in `entries`."""
    try:
        with transaction.atomic():
            if closed := answers_open(locked_row(reader.dossier)):
                raise Refused(closed)
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


def _file(reader: Reader, entries: Entries, files: MultiValueDict[str, UploadedFile], saved: Saved) -> None:
    """Each file by itself: one that is refused does not stop the others."""
    section = entries.section
    known = {each.pk for own in own_evidence_of(reader.dossier).values() for each in own} if files else set()
    for criterion in section.area.criteria:
        name = section.field(FILES, criterion)
        for upload in files.getlist(name):
            try:
                filed = file_evidence(
                    dossier=reader.dossier,
                    rubric=section.rubric.id,
                    criterion=criterion.id,
                    upload=upload,
                    by=reader.person,
                )
            except Refused as refused:
                entries.errors[name] = "\n".join([entries.errors.get(name, ""), str(refused)]).strip()
                continue
            if filed.pk in known:
                saved.standing.append(filed.name)
            else:
                known.add(filed.pk)
                saved.files += 1


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
