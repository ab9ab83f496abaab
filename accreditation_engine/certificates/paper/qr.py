"""The QR of an address."""

from __future__ import annotations

import segno


def qr_svg(address: str, *, dark: str = "#000000", title: str = "") -> str:
    """A QR code as SVG text without a fixed size: error level M or better, quiet zone of 4 modules included.

    Raises ValueError when the address is too long for a QR code (about 2,300 bytes).
    """
    code = segno.make_qr(address, error="m", boost_error=True)
    return code.svg_inline(dark=dark, border=4, omitsize=True, title=title or None)
