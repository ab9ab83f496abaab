"""The template that a scheme's certificates are set with: a body's own, or the one that is shipped."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.utils.translation import gettext_noop

from accreditation_engine.certificates.paper.certificate import TEMPLATE, render_certificate
from accreditation_engine.certificates.paper.content import CertificateContent
from accreditation_engine.certificates.paper.typesetting import Attachment, TypesettingError, find_template
from accreditation_engine.told import told

PACKAGE = re.compile(rb"""["']@[\w-]+/""")
WORD = re.compile(r"[A-Za-z]{2,19}")
"""Longer ones may be broken between lines, and letters beyond these be set as others."""
_reading = threading.Lock()
"""PDFium reads for one thread at a time."""


@dataclass(frozen=True)
class Template:
    """`own`: the body wrote it."""

    path: Path
    own: bool


def template_of(scheme: str) -> Template:
    """Of the body's own templates the one that is called as the scheme, or else the one for all schemes; where
    there is neither, the shipped one. What bears the name and is no file (a folder, a link to nowhere) is theirs
    as well, so that no certificate leaves with another face than they meant."""
    for name in (f"{scheme}.typ", TEMPLATE):
        path = settings.CERTIFICATE_TEMPLATES / name
        if path.is_file():
            return Template(path.resolve(), own=True)
        if path.is_symlink() or path.exists():
            return Template(path, own=True)
    return Template(find_template(TEMPLATE), own=False)


def page_of(content: CertificateContent, scheme: str, attachments: Sequence[Attachment] = ()) -> bytes:
    """The certificate as a PDF, not signed yet. Raises TypesettingError where the page cannot be set, and where a
    template of the body's own makes one that is no certificate."""
    template = template_of(scheme)
    if template.own:
        _fetches_nothing(template.path.parent)
    page = render_certificate(content, template=template.path, attachments=attachments)
    if template.own:
        _bears_what_it_must(page, content)
    return page


def _fetches_nothing(folder: Path) -> None:
    """The typesetter would fetch packages from the network, and another day another one."""
    for path in sorted(folder.rglob("*.typ")):
        if path.is_file() and PACKAGE.search(path.read_bytes()):
            words = gettext_noop("%(file)s asks for a package; copy what it needs beside it instead")
            raise TypesettingError(told(words, file=path.name))


def _bears_what_it_must(page: bytes, content: CertificateContent) -> None:
    """A page without its scope would say that the whole organisation is certified."""
    said = _words_on(page)
    if "".join(content.number.split()) not in "".join(said.split()):
        words = gettext_noop("the page does not bear the number of the certificate; print %(number)s")
        raise TypesettingError(told(words, number="#data.number"))
    if content.scope is not None and set(WORD.findall(content.scope.en)) - set(WORD.findall(said)):
        words = gettext_noop(
            "the page does not bear the scope of the certificate; where there is one, print %(scope)s"
        )
        raise TypesettingError(told(words, scope="#data.scope.ar, #data.scope.en"))


def _words_on(page: bytes) -> str:
    """As PDFium reads them, and as they stand beside each other: on a page that begins in Arabic PDFium turns
    Latin words and numbers about."""
    with _reading:
        document = pypdfium2.PdfDocument(page)
        try:
            texts = [each.get_textpage() for each in document]
            return "\n".join([*(each.get_text_range() for each in texts), *map(_as_they_stand, texts)])
        finally:
            document.close()


def _as_they_stand(text: pypdfium2.PdfTextPage) -> str:
    """All that stands on one line, from the left."""
    lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for index in range(text.count_chars()):
        left, bottom, _right, _top = text.get_charbox(index, loose=True)
        lines[round(bottom)].append((left, text.get_text_range(index, 1)))
    return "\n".join("".join(letter for _, letter in sorted(line)) for line in lines.values())
