"""One file that the page of an area sends by itself, as soon as it is chosen.

Sent is a POST to the address of the page that asks for application/json: `work` (see portal/dossier/autosave.py),
`criterion`, `called` (the name of the file as its owner sees it), and the file itself as its field is named, or
`arrived`, the number of one that came in pieces (arriving.py) and is whole. What is answered is an object with
`state` and, in words for people, `words`:

filed     `parts`, HTML by the id of what it replaces; `words` where it is called otherwise here, or lay here
          before: then `again` is true, and nothing was added
refused   nothing was kept, because of what the file is
closed, stranger  as when an answer is saved
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.evidence import file_evidence
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.queries import own_evidence_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.addressed import find_supported
from accreditation_engine.portal.dossier.answers import file_list
from accreditation_engine.portal.dossier.autosave import answer, closed, rendered, stranger
from accreditation_engine.portal.dossier.entries import FILES
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.portal.sending.handed import ARRIVED, FOR_A_WHILE
from accreditation_engine.uploads.arriving import finish, forget, whole
from accreditation_engine.uploads.models import Arriving

from .applicant import closed_to
from .arriving import find_arriving
from .progress import Progress
from .typing import parts_of


def sends_file(request: HttpRequest) -> bool:
    """Whether what a page's script sent is a file, and not an answer."""
    return bool(request.FILES) or ARRIVED in request.POST


def file_sent(request: HttpRequest, reader: Reader, section: Section) -> HttpResponse:
    """Raises Http404 for a criterion that the area has not, or that takes no evidence."""
    if other := stranger(request, reader.person):
        return other
    if reasons := closed_to(reader):
        return closed(reasons)
    criterion = find_supported(section, request.POST.get("criterion", ""))
    known = {each.pk for each in _standing(reader, section, criterion)}
    try:
        if ARRIVED in request.POST:
            filed = _arrived(reader, section, criterion, request.POST[ARRIVED])
        else:
            upload = request.FILES.get(section.field(FILES, criterion))
            filed = _file(reader, section, criterion, upload)
    except Refused as refused:
        return answer("refused", HTTPStatus.CONFLICT, words=str(refused))
    again = filed.pk in known
    words = lies_here_already(filed.name) if again else _called_otherwise(request, filed)
    return _filed(Progress.of(reader), section, criterion, words, again=again)


def _file(reader: Reader, section: Section, criterion: Criterion, upload: UploadedFile | None) -> Evidence:
    if upload is None:
        raise Http404
    return file_evidence(
        dossier=reader.dossier,
        rubric=section.rubric.id,
        criterion=criterion.id,
        upload=upload,
        by=reader.person,
    )


def _arrived(reader: Reader, section: Section, criterion: Criterion, key: str) -> Evidence:
    """Raises Http404 for one that is not there, or not whole."""
    begun = find_arriving(reader, section, criterion, key)
    if begun.sha256:
        return _filed_before(reader, section, criterion, begun)
    if begun.offset < begun.size:
        raise Http404
    with _refused_once(begun), whole(begun) as upload:
        filed = _file(reader, section, criterion, upload)
    finish(begun, sha256=filed.sha256)
    return filed


@contextmanager
def _refused_once(begun: Arriving) -> Iterator[None]:
    """What is not taken will not be taken later either."""
    try:
        yield
    except Refused as refused:
        if all(each.code != FOR_A_WHILE for each in refused.reasons):
            forget(begun)
        raise


def _filed_before(reader: Reader, section: Section, criterion: Criterion, begun: Arriving) -> Evidence:
    """The answer to whoever asks once more: the first was lost."""
    for each in _standing(reader, section, criterion):
        if each.sha256 == begun.sha256:
            return each
    raise Http404


def _standing(reader: Reader, section: Section, criterion: Criterion) -> list[Evidence]:
    return own_evidence_of(reader.dossier).get((section.rubric.id, criterion.id), [])


def lies_here_already(name: str) -> str:
    words = _("This file lies here already, as “%(name)s”. It was not added a second time.")
    return words % isolated({"name": name})


def _called_otherwise(request: HttpRequest, filed: Evidence) -> str:
    called = request.POST.get("called", filed.name)
    if called == filed.name:
        return ""
    return _(
        "It is called “%(name)s” here: names are kept without characters that are not seen, and at most 200 long."
    ) % isolated({"name": filed.name})


def _filed(
    progress: Progress, section: Section, criterion: Criterion, words: str, *, again: bool
) -> JsonResponse:
    files = file_list(progress.files.get((section.rubric.id, criterion.id), []), removable=True)
    parts: dict[str, tuple[str, Any]] = {
        **parts_of(progress, section),
        f"filed-{criterion.id}": ("portal/parts/filed.html", {"files": files}),
    }
    return answer("filed", HTTPStatus.OK, words=words, again=again, parts=rendered(parts))
