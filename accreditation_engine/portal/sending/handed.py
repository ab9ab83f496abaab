"""The files of a form that was sent: those that came along with it, and those that came before it in pieces.

A page's script sends a larger file as soon as it is chosen; the form then holds its number, as `arrived`. Without
the script all files come along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.uploads.arriving import forget, whole
from accreditation_engine.uploads.models import Arriving
from accreditation_engine.uploads.words import FILE_REASONS

from .protocol import begun_by

ARRIVED = "arrived"
FOR_A_WHILE = "scanner_silent"
"""Why a file is not taken now, and may be later: then its pieces are kept."""


class Keyed(Protocol):
    """What files are sent for: its key tells it from every other place."""

    @property
    def key(self) -> str: ...


@dataclass
class Handed:
    """`uploads` are all files of the form, to be read where they lie."""

    uploads: list[UploadedFile]
    arrived: list[tuple[UploadedFile, Arriving]] = field(default_factory=list)

    def each_by_itself(self, keep: Callable[[UploadedFile], object]) -> None:
        """Keep every file that is taken. Raises Refused for the others, which alone are waited for."""
        reasons: list[Reason] = []
        for upload in self.uploads:
            try:
                keep(upload)
            except Refused as refused:
                reasons += [each for each in refused.reasons if each not in reasons]
            else:
                self._kept(upload)
        if reasons:
            raise Refused(reasons)

    def _kept(self, upload: UploadedFile) -> None:
        for each in [each for each in self.arrived if each[0] is upload]:
            self.arrived.remove(each)
            forget(each[1])


def any_handed(request: HttpRequest) -> bool:
    return bool(request.FILES) or ARRIVED in request.POST


@contextmanager
def files_handed(
    request: HttpRequest, person: User, place: Keyed, *fields: str, arrived: str = ARRIVED
) -> Iterator[Handed]:
    """All files of the form at `place`, for as long as the block lasts. Once it ends nothing is kept of the
    pieces; where it is refused they wait for the form to be sent once more, but for a file that is itself why.

    `arrived` is the field with their numbers, where a form has several.
    Raises Refused for one that is not there, not whole, not `person`'s, or was sent for something else.
    """
    with ExitStack() as opened:
        handed = Handed([each for name in fields for each in request.FILES.getlist(name)])
        for begun in _begun(person, place, request.POST.getlist(arrived)):
            upload = opened.enter_context(whole(begun))
            handed.uploads.append(upload)
            handed.arrived.append((upload, begun))
        try:
            yield handed
        except Refused as refused:
            _forget_bad([begun for _upload, begun in handed.arrived], refused.reasons)
            raise
    for _upload, begun in handed.arrived:
        forget(begun)


def _begun(person: User, place: Keyed, keys: Sequence[str]) -> list[Arriving]:
    try:
        found = [begun_by(person.pk, place.key, key) for key in dict.fromkeys(keys)]
    except Http404:
        raise Refused([Reason("file_not_here")]) from None
    if any(each.offset < each.size for each in found):
        raise Refused([Reason("file_not_here")])
    return found


def _forget_bad(begun: Sequence[Arriving], reasons: Sequence[Reason]) -> None:
    """What is not taken will not be taken later either. Where two are called alike nobody knows which it was."""
    bad = {
        each.parameters.get("name")
        for each in reasons
        if each.code in FILE_REASONS and each.code != FOR_A_WHILE
    }
    names = [each.name for each in begun]
    for each in begun:
        if each.name in bad and names.count(each.name) == 1:
            forget(each)
