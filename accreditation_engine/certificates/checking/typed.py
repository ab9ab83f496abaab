"""The number of a certificate as somebody typed it from a paper, or pasted it with what stood around it."""

from __future__ import annotations

import re

from django.db.models import Value
from django.db.models.functions import Replace

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.trail.folding import as_meant, folded

BLOCK = re.compile(r"[A-Z0-9]+")
RUN = re.compile(r"[A-Z0-9](?:[-_./ ]*[A-Z0-9])*")
PAGE = "/REGISTER/"


def certificate_meant(typed: str) -> Certificate | None:
    """With everything that its page says; None where no certificate, or more than one, is meant. A query, and one
    more where its hyphens were left out."""
    text = _plain(typed)
    rows = Certificate.objects.select_related("dossier__organisation")
    readings = [text, *("-".join(BLOCK.findall(each)) for each in _runs(text))]
    found = {each.number: each for each in rows.filter(number__in=readings)}
    if found:
        return next(found[each] for each in readings if each in found)
    blocks = "".join(BLOCK.findall(_longest(text)))
    if not is_number(blocks):
        return None
    bare = rows.annotate(bare=Replace("number", Value("-"), Value(""))).filter(bare=blocks)[:2]
    return bare[0] if len(bare) == 1 else None


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
