"""Whatever somebody brings: a PDF, a credential, or the number of a certificate."""

from __future__ import annotations

from .credentials import check_credential
from .findings import Checked, Finding, bad
from .papers import check_paper
from .today import today
from .typed import certificate_meant, is_number

LARGEST = 10 * 2**20
"""Bytes of a file; ours have about 200,000."""
LONGEST_NUMBER = 200
"""Letters: somebody may paste the whole address that the paper bears."""
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
"""How files of pictures begin; those of iPhones have `ftyp` after four bytes."""
PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
HEADER = 1024
"""Readers of PDF look for its beginning within so many bytes."""


def check_file(content: bytes) -> Checked:
    """Nothing of it is kept. Raises Busy where too many are being looked at."""
    if content.startswith(PACKED):
        return Checked((bad("packed"),))
    if b"%PDF-" in content[:HEADER]:
        return check_paper(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return check_credential(content)
    picture = content.startswith(PICTURES) or content[4:8] == b"ftyp"
    return Checked((bad("picture" if picture else "neither"),))


def check_number(number: str) -> Checked:
    typed = number[:LONGEST_NUMBER]
    certificate = certificate_meant(typed)
    if certificate is None and not is_number(typed):
        return Checked((Finding("no_number", "warning", {"typed": typed}),))
    if certificate is None:
        return Checked((bad("unknown_number", number=typed),))
    return Checked((*today(certificate), Finding("number_alone", "info")), certificate)
