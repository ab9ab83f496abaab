"""What a copy is made of: an index to read in each language, all of it for programs, and the files."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accreditation_engine.certificates.finished.finishing import current_paper
from accreditation_engine.certificates.finished.keeping import PaperLost, file_of
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.stored_files import opened_as_filed
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.reader import Reader

from .packing import PIECE, Packed
from .told import Read, certificate_path, told_in

LANGUAGES = ("ar", "en")
LONGEST_NAME = 80
NEVER_IN_NAMES = frozenset('/\\:*?"<>|')


def entries(reader: Reader) -> Iterator[Packed]:
    """All pieces, those that are small first. What the texts need is asked before the first is given; a file is
    opened when its turn comes."""
    files = _files(reader)
    paths = {each.pk: path_of(each) for each in files}
    read = Read.of(reader)
    said = {language: told_in(language, reader, paths, read) for language in LANGUAGES}
    return _entries(reader, files, said)


def _entries(reader: Reader, files: list[Evidence], said: dict[str, dict[str, Any]]) -> Iterator[Packed]:
    now = timezone.now()
    for language in LANGUAGES:
        yield Packed(f"index.{language}.html", [_index(reader, language, said[language])], now)
    yield Packed("file.json", [_as_json(reader, said)], now)
    for each in _certificates(reader):
        if (paper := current_paper(each)) is not None:
            yield Packed(certificate_path(each.number), _file_of(paper), now)
    for filed in files:
        yield Packed(path_of(filed), _content(filed), filed.filed_at, packed=True)


def _file_of(paper: Paper) -> Iterator[bytes]:
    """Read when its turn comes. One that cannot be given out leaves its place empty; the register says why."""
    with suppress(PaperLost):
        yield file_of(paper)


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
    """A path that every system takes: no name leads out of its folder, turns letters round, or is another's."""
    seen = "".join(each for each in filed.name if each not in NEVER_IN_NAMES and _is_plain(each))
    stem, dot, ending = seen.strip(" .").rpartition(".")
    name = f"{stem[:LONGEST_NAME]}{dot}{ending[:LONGEST_NAME]}"
    return f"evidence/{filed.rubric}/{filed.criterion}/{filed.pk}-{name or filed.sha256[:12]}"


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C"


def _content(filed: Evidence) -> Iterator[bytes]:
    """What is not as it was filed is not given out; the copy says so in its place, and goes on."""
    try:
        stored = opened_as_filed(filed)
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
