"""Stored papers against what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from accreditation_engine.certificates.models import Paper
from accreditation_engine.engine import verification
from accreditation_engine.trail.problems import Problem, Tally

from .keeping import stored


def unlike_signed(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """With `contents`, a problem for each paper whose file is gone or is another."""
    if not contents:
        return
    papers = Paper.objects.order_by("pk")
    for paper in (papers if stream is None else papers.filter(certificate=stream)).iterator(100):
        file = stored(paper)
        tally.files += 1
        if file is None:
            detail = f"the file of version {paper.version} is gone: {paper.pdf}"
        elif sha256(file).hexdigest() != paper.pdf:
            detail = f"the file of version {paper.version} is another: {paper.pdf}"
        else:
            continue
        yield Problem(paper.certificate_id, 0, "paper", detail)


verification.more.append(unlike_signed)
