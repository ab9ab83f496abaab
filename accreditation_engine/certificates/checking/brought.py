"""Whatever somebody brings: a PDF, a credential, or the number of a certificate."""

from __future__ import annotations

from accreditation_engine.certificates.queries import certificate_by_number

from .credentials import check_credential
from .findings import Checked, Finding, bad
from .papers import check_paper
from .today import today

LARGEST = 10 * 2**20
"""Bytes of a file; ours have about 200,000."""
LONGEST_NUMBER = 40
HEADER = 1024
"""Readers of PDF look for its beginning within so many bytes."""


def check_file(content: bytes) -> Checked:
    """Nothing of it is kept. Raises Busy where too many are being looked at."""
    if b"%PDF-" in content[:HEADER]:
        return check_paper(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return check_credential(content)
    return Checked((bad("neither"),))


def check_number(number: str) -> Checked:
    certificate = certificate_by_number(number[:LONGEST_NUMBER])
    if certificate is None:
        return Checked((bad("unknown_number", number=number[:LONGEST_NUMBER]),))
    return Checked((*today(certificate), Finding("number_alone", "info")), certificate)
