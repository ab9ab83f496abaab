"""Stored documents against what was filed: nobody is given another file in the place of one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.core.files.storage import default_storage

from accreditation_engine.engine import verification
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.trail.problems import Problem, Tally
from accreditation_engine.uploads.kept import KeptFile
from accreditation_engine.uploads.storing import stored_digest

log = logging.getLogger(__name__)


def opened_document(filed: KeptFile) -> IO[Any]:
    """Its content, open to be read from its beginning. Raises Refused where it is gone or not what was filed."""
    try:
        stored: IO[Any] = default_storage.open(filed.path)
    except FileNotFoundError:
        raise _not_given_out(filed) from None
    if stored_digest(stored) != filed.sha256:
        stored.close()
        raise _not_given_out(filed)
    stored.seek(0)
    return stored


def _not_given_out(filed: KeptFile) -> Refused:
    log.error("The document %s is not what was filed.", filed.path)
    return Refused([Reason("document_mismatch", {"name": filed.name})])


def unlike_filed(model: type[KeptFile], code: str, words: str) -> verification.More:
    """What a verification asks of files of `model`: with `contents`, a problem for each stored file that is not
    what was filed, under this code and in these words. What was erased is not looked for."""

    def problems(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
        if not contents:
            return
        filed = model._default_manager.filter(erased_at=None).order_by("path", "pk")
        for each in (filed if stream is None else filed.filter(**{model.kept_for: stream})).iterator():
            tally.files += 1
            try:
                opened_document(each).close()
            except Refused:
                yield Problem(each.stream, each.event_seq, code, words.format(each))

    return problems


WORDS = "the file of the document is gone, or another: {0.document} {0.sha256}"
verification.more.append(unlike_filed(DocumentFile, "document", WORDS))
