"""The number of a certificate as somebody typed it from a paper, or pasted it with what stood around it."""

from __future__ import annotations

import re

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.trail.folding import as_meant, folded

BLOCK = re.compile(r"[A-Z0-9]+")
RUN = re.compile(r"[A-Z0-9](?:[-_./ ]*[A-Z0-9])*")
TOGETHER = re.compile(r"(C)([A-Z]+)(\d{4})(\d{4,})")
"""As certificates are numbered: the letters of the scheme, the year, and which it was."""
AMONG_WORDS = re.compile(r"(?<![A-Z0-9])(C)-([A-Z]+)-(\d{4})-(\d{4,})(?![A-Z0-9]|-\d)")
"""One that stands among other Latin words, with its hyphens."""
PAGE = "/REGISTER/"


def certificate_meant(typed: str) -> Certificate | None:
    """With everything that its page says; None where no certificate is meant. One query."""
    text = _plain(typed)
    rows = Certificate.objects.select_related("dossier__organisation")
    blocks = [BLOCK.findall(each) for each in _runs(text)]
    readings = [text, *("-".join(each) for each in blocks), *(_apart("".join(each)) for each in blocks)]
    readings.append(_among_words(text))
    found = {each.number: each for each in rows.filter(number__in=readings)}
    return next((found[each] for each in readings if each in found), None)


def _apart(blocks: str) -> str:
    """With the hyphens of a number that was written without; "" where it is none."""
    known = TOGETHER.fullmatch(blocks)
    return "-".join(known.groups()) if known else ""


def _among_words(text: str) -> str:
    """ "" where there is none, or where several are named: which one is meant is not known."""
    found = {"-".join(each) for each in AMONG_WORDS.findall(text)}
    return found.pop() if len(found) == 1 else ""


def is_number(typed: str) -> bool:
    """Whether it looks like one at all, and not like a name."""
    return any(each.isdigit() for each in _plain(typed))


def _plain(typed: str) -> str:
    return folded(as_meant(typed.replace("\0", ""))).strip().upper()


def _runs(text: str) -> list[str]:
    """What of it may be the number, the likeliest first: in the address of a page, what names the page."""
    return [_longest(text.partition(PAGE)[2].partition("/")[0]), _longest(text)]


def _longest(text: str) -> str:
    return max(RUN.findall(text), key=len, default="")
