"""What was found in the register as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.public_fields import FIELDS, public_fields
from accreditation_engine.certificates.register.search import Search, everything
from accreditation_engine.portal.table_files import csv_of


def as_table(search: Search) -> Iterator[bytes]:
    """CSV; a cell that has no value is empty."""
    return csv_of(FIELDS, ([_cells(each) for each in some] for some in everything(search)))


def as_json(search: Search) -> Iterator[bytes]:
    """A JSON array of objects."""
    apart = b"[\n"
    for some in everything(search):
        for each in some:
            yield apart + json.dumps(public_fields(each), ensure_ascii=False).encode()
            apart = b",\n"
    yield b"[]\n" if apart == b"[\n" else b"\n]\n"


def _cells(certificate: Certificate) -> Iterable[Any]:
    return ["" if value is None else value for value in public_fields(certificate).values()]
