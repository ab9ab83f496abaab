"""The badge of a certificate: a small drawing for the holder's own site, which says what the register says today.

It stands in an <img> of another page, where no font of ours can be loaded: the words are set in the reader's own,
and have room for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accreditation_engine.certificates.finished.content import palette_of, register_address
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.paper.palette import PALETTES
from accreditation_engine.certificates.status import public_status
from accreditation_engine.certificates.words import status_title
from accreditation_engine.definitions.base import Bilingual

WIDTH, HEIGHT = 300, 80
LONGEST = 32
STAR = "M0-24 7-17h10v10L24 0 17 7v10H7L0 24-7 17h-10V7L-24 0l7-7v-10h10z"
GREY = ("#5b6166", "#6f757a", "#eceeef")
FONTS = "'Segoe UI', 'Noto Sans Arabic', 'Geeza Pro', Tahoma, Arial, sans-serif"
MARKS = {True: "M-9 0.6-3 6.6 9-6", False: "M-9 0H9"}
"""A tick, or a stroke."""


@dataclass(frozen=True)
class Look:
    ink: str
    strong: str
    paper: str
    holds: bool


def badge_of(certificate: Certificate, language: str) -> SafeString:
    """SVG in "ar" or "en"; in colour while the certificate is active, grey otherwise."""
    with translation.override(language):
        status = public_status(certificate)
        said = _("Certificate: %(status)s") % {"status": status_title(status)}
        return _drawn(_look(certificate), language, said, certificate.number)


def badge_of_nothing(language: str) -> SafeString:
    """For a number that is not in the register."""
    with translation.override(language):
        return _drawn(Look(*GREY, holds=False), language, _("Not in the register"), "")


def snippet_of(certificate: Certificate, language: str) -> str:
    """HTML to copy into a page: the badge, which leads to the certificate's entry in the register."""
    entry = register_address(certificate.number)
    badge = settings.SITE_URL + reverse("certificate_badge", args=[certificate.number])
    words = _("Certificate %(number)s in the register of %(body)s") % {
        "number": certificate.number,
        "body": _body(language),
    }
    return format_html(
        '<a href="{}?language={}"><img src="{}?lang={}" width="{}" height="{}" alt="{}"></a>',
        *(entry, language, badge, language, WIDTH, HEIGHT, words),
    )


def _look(certificate: Certificate) -> Look:
    if public_status(certificate) != "active":
        return Look(*GREY, holds=False)
    palette = PALETTES[palette_of(certificate)]
    return Look(palette.ink, palette.strong, palette.paper, holds=True)


def _drawn(look: Look, language: str, status: str, number: str) -> SafeString:
    """The seal stands where reading begins, the words behind it."""
    arabic = language == "ar"
    seal, words = (WIDTH - 42, WIDTH - 80) if arabic else (42, 80)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img" xml:lang="{language}" font-family="{fonts}"><title>{status} {number}</title>'
        '<rect x=".75" y=".75" width="{inner_width}" height="{inner_height}" rx="10" fill="{paper}"'
        ' stroke="{strong}" stroke-width="1.5"/>'
        '<g transform="translate({seal} 40)"><path d="{star}" fill="{strong}"/><path d="{mark}" fill="none"'
        ' stroke="#fff" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></g>'
        '<g fill="{ink}" direction="{direction}"><text x="{words}" y="29" font-size="15" font-weight="700">'
        '{status}</text><text x="{words}" y="49" font-size="13" direction="ltr" text-anchor="{anchor}">'
        '{number}</text><text x="{words}" y="67" font-size="11">{body}</text></g></svg>\n',
        width=WIDTH,
        height=HEIGHT,
        inner_width=WIDTH - 1.5,
        inner_height=HEIGHT - 1.5,
        language=language,
        fonts=FONTS,
        paper=look.paper,
        strong=look.strong,
        ink=look.ink,
        seal=seal,
        star=STAR,
        mark=MARKS[look.holds],
        direction="rtl" if arabic else "ltr",
        words=words,
        anchor="end" if arabic else "start",
        status=status,
        number=number,
        body=_shortened(_body(language)),
    )


def _body(language: str) -> str:
    return Bilingual(**settings.ACCREDITING_BODY).in_language(language)


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
