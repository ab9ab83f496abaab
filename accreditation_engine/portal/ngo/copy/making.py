"""What a copy is made of: an index to read in each language, all of it for programs, and the files."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accreditation_engine.certificates.finished.finishing import paper_to_give
from accreditation_engine.certificates.finished.keeping import PaperLost, file_of
from accreditation_engine.certificates.models import Certificate, Upkeep, UpkeepFile
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.stored_files import opened_as_filed
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.filing import standing
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.uploads.kept import KeptFile

from .packing import PIECE, Packed
from .told import Paths, Read, certificate_path, told_in

LANGUAGES = ("ar", "en")
LONGEST_NAME = 80
NEVER_IN_NAMES = frozenset('/\\:*?"<>|')


@dataclass(frozen=True)
class _Found:
    """What lies in the copy beside its texts."""

    files: list[Evidence]
    documents: list[DocumentFile]
    papers: dict[str, bytes]
    beside: list[tuple[str, KeptFile]]
    """With where each lies: files of upkeep and of concerns."""

    def paths(self) -> Paths:
        """Only of what is there: a paper that is still being made has none."""
        return {
            **{each.pk: path_of(each) for each in self.files},
            **{each.pk: path_of_document(each) for each in self.documents},
            **{number: certificate_path(number) for number in self.papers},
            **{each.pk: path for path, each in self.beside},
        }


def entries(reader: Reader) -> Iterator[Packed]:
    """All pieces, those that are small first. What the texts need is asked before the first is given, and so are
    the papers of certificates, which are small and may not be there; a file is opened when its turn comes."""
    read = Read.of(reader)
    beside = [*_of_upkeep(read), *_of_concerns(read)]
    found = _Found(_files(reader), standing(reader.dossier.organisation), _papers(reader), beside)
    paths = found.paths()
    said = {language: told_in(language, reader, paths, read) for language in LANGUAGES}
    return _entries(reader, found, said)


def _entries(reader: Reader, found: _Found, said: dict[str, dict[str, Any]]) -> Iterator[Packed]:
    now = timezone.now()
    for language in LANGUAGES:
        yield Packed(f"index.{language}.html", [_index(reader, language, said[language])], now)
    yield Packed("file.json", [_as_json(reader, said)], now)
    for number, paper in found.papers.items():
        yield Packed(certificate_path(number), [paper], now)
    for filed in found.files:
        opened = partial(opened_as_filed, filed)
        yield Packed(path_of(filed), _content(opened), filed.filed_at, packed=True)
    for each in found.documents:
        opened = partial(opened_document, each)
        yield Packed(path_of_document(each), _content(opened), each.filed_at, packed=True)
    for path, handed_in in found.beside:
        opened = partial(opened_document, handed_in)
        yield Packed(path, _content(opened), handed_in.filed_at, packed=True)


def _papers(reader: Reader) -> dict[str, bytes]:
    """By the numbers of certificates. One that is not made yet, or cannot be given out, is not there; the register
    says why."""
    papers = {}
    for each in _certificates(reader):
        if (paper := paper_to_give(each)) is not None:
            with suppress(PaperLost):
                papers[each.number] = file_of(paper)
    return papers


def _files(reader: Reader) -> list[Evidence]:
    if not reader.sees("evidence"):
        return []
    standing = Evidence.objects.filter(dossier=reader.dossier, taken_back_at=None, content_erased_at=None)
    return list(standing.order_by("rubric", "criterion", "filed_at", "pk"))


def _certificates(reader: Reader) -> list[Certificate]:
    if not reader.sees("decision"):
        return []
    return list(Certificate.objects.filter(dossier=reader.dossier).select_related("dossier__organisation"))


def path_of(filed: Evidence) -> str:
    return f"evidence/{filed.rubric}/{filed.criterion}/{filed.pk}-{_named(filed)}"


def path_of_document(filed: DocumentFile) -> str:
    return f"documents/{filed.document}/{str(filed.pk)[:8]}-{_named(filed)}"


def _of_upkeep(read: Read) -> Iterator[tuple[str, KeptFile]]:
    for each in read.upkeep:
        yield from ((path_beside(each.upkeep, filed), filed) for filed in each.files)


def _of_concerns(read: Read) -> Iterator[tuple[str, KeptFile]]:
    for each in read.concerns:
        for filed in (one for some in each.files.values() for one in some):
            yield f"concerns/{each.complaint.number}/{filed.seq}-{_named(filed)}", filed


def path_beside(upkeep: Upkeep, filed: UpkeepFile) -> str:
    return f"upkeep/{upkeep.due_on:%Y-%m-%d}-{upkeep.kind}-{str(upkeep.pk)[:8]}/{filed.seq}-{_named(filed)}"


def _named(filed: Evidence | KeptFile) -> str:
    """A name that every system takes: it leads out of no folder, and turns no letters round."""
    seen = "".join(each for each in filed.name if each not in NEVER_IN_NAMES and _is_plain(each))
    stem, dot, ending = seen.strip(" .").rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:LONGEST_NAME]}" or filed.sha256[:12]


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C"


def _content(opened: Callable[[], IO[Any]]) -> Iterator[bytes]:
    """What is not as it was filed is not given out; the copy says so in its place, and goes on."""
    try:
        stored = opened()
    except Refused as refused:
        for language in LANGUAGES:
            with override(language):
                yield f"{refused}\n".encode()
        return
    with stored:
        while piece := stored.read(PIECE):
            yield piece


def _index(reader: Reader, language: str, said: dict[str, Any]) -> bytes:
    with override(language):
        context = {
            "language": language,
            "file": said,
            "number": reader.dossier.number,
            "made_at": timezone.now(),
        }
        return render_to_string("portal/copy_index.html", context).encode()


def _as_json(reader: Reader, said: dict[str, dict[str, Any]]) -> bytes:
    dossier = reader.dossier
    content = {
        "format": 1,
        "number": dossier.number,
        "stream": str(dossier.pk),
        "scheme": dossier.scheme,
        "edition": dossier.edition_id,
        "made_at": timezone.now().isoformat(),
        **said,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
