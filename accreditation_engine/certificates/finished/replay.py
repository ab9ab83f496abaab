"""What the events of a certificate tell of its papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from accreditation_engine.certificates.models import Paper
from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.canonical import canonical_bytes

PAPERS = "papers"
"""Keys: the version."""


def said_of(paper: Paper) -> dict[str, Any]:
    """What the event of a paper says of it, and its row keeps."""
    return {
        "version": paper.version,
        "place": paper.place,
        "pdf": paper.pdf,
        "credential": sha256(paper.credential.encode()).hexdigest(),
        "content": sha256(canonical_bytes(paper.content)).hexdigest(),
        "at": paper.made_at.isoformat(),
        "credential_key": paper.credential_key.public,
        "paper_key": paper.paper_key.public,
    }


@told_by("certificate", "paper_made")
def _made(picture: Picture, event: Said) -> None:
    values = {name: value for name, value in event.data.items() if name != "version"}
    picture.say(event, PAPERS, (event.data["version"],), **values)


def _kept(certificates: Collection[UUID]) -> Iterable[Kept]:
    rows = Paper.objects.filter(certificate__in=certificates).select_related("credential_key", "paper_key")
    for row in rows.order_by("certificate", "version"):
        values = said_of(row)
        yield row.certificate_id, (values.pop("version"),), values


tables.append(Table("certificate", PAPERS, "paper", _kept, "version {version} of the paper", ("version",)))
