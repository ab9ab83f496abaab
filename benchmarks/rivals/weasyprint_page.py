"""The certificate's page by WeasyPrint: the words, fonts and pictures of ours, in HTML and CSS.

It is simpler: ours looks for the size at which each line fits its place and balances its lines, this page sets
every line at one size.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from accreditation_engine.certificates.paper.certificate import _pictures, certificate_data
from accreditation_engine.certificates.paper.content import CertificateContent
from accreditation_engine.certificates.paper.typesetting import FONTS

STYLE = """
@font-face { font-family: Amiri; src: url(Amiri-Regular.ttf) }
@font-face { font-family: Amiri; font-weight: bold; src: url(Amiri-Bold.ttf) }
@font-face { font-family: Garamond; src: url(EBGaramond12-Regular.otf) }
@page { size: A4; margin: 24mm 24.5mm }
body { font: 11pt Amiri, Garamond; text-align: center; margin: 0; color: #1c1a15 }
p, h1 { margin: 0 0 0.8mm; line-height: 1.2 }
.frame { position: absolute; z-index: -1; top: -14.7mm; left: -15.2mm; width: 191.4mm }
.en { font-family: Garamond, Amiri; direction: ltr }
h1 { font-size: 30pt } .holder { font-size: 24pt; font-weight: bold } .large { font-size: 15pt }
.seal { width: 41mm } .qr { width: 26mm } .chart { width: 49mm } .divider { height: 4.6mm }
table { margin: 0 auto 2mm; border-collapse: collapse; font-size: 9pt }
td { padding: 0.4mm 1.2mm; border-bottom: 0.3pt solid #888 }
"""


def setter() -> Callable[[CertificateContent], bytes]:
    """Sets a page, with style and fonts read once for all."""
    fonts = FontConfiguration()
    style = CSS(string=STYLE, base_url=FONTS.as_uri() + "/", font_config=fonts)

    def page(content: CertificateContent) -> bytes:
        made: bytes = HTML(string=_html(content)).write_pdf(
            stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3b", pdf_identifier=b"bench"
        )
        return made

    return page


def _html(content: CertificateContent) -> str:
    said, pictures = certificate_data(content), _pictures(content)
    return "".join(
        [
            f'<html lang="ar" dir="rtl"><title>{escape(said["title"]["ar"])}</title><body>',
            _picture(pictures["frame.svg"], "frame"),
            _both(said["body"], "large"),
            _picture(pictures["divider.svg"], "divider"),
            f"<h1>{escape(said['title']['ar'])}</h1><p class='en large'>{escape(said['title']['en'])}</p>",
            _both(said["holder"], "holder"),
            _both(said["registration_number"], ""),
            _both(said["statement"], ""),
            _both(said["outcome"], "large"),
            f"<p class='en'>{escape(said['number'])} · {escape(said['edition'])}</p>",
            _both(said["issued_on"], ""),
            _both(said["valid_until"], ""),
            f"<table>{''.join(_row(area) for area in said['areas'])}</table>",
            _picture(pictures["seal.svg"], "seal"),
            _picture(pictures["areas.svg"], "chart"),
            _picture(pictures["qr.svg"], "qr"),
            f"<p class='en'>{escape(said['register_url'])}</p></body></html>",
        ]
    )


def _both(words: dict[str, str], kind: str) -> str:
    arabic, english = escape(words["ar"]), escape(words["en"])
    return f"<p class='{kind}'>{arabic}</p><p class='en'>{english}</p>"


def _row(area: dict[str, Any]) -> str:
    cells = (area["name"]["ar"], area["ar"], area["en"], area["name"]["en"])
    return f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in cells)}</tr>"


def _picture(svg: str, kind: str) -> str:
    return f"<img class='{kind}' src='data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}'>"
