"""The paper of a certificate: pure functions from what is certified to a page that lasts.

Typst sets all type, ReportLab draws the ornament and the charts, segno the QR. No database, no web.
"""

from accreditation_engine.certificates.paper.certificate import render_certificate
from accreditation_engine.certificates.paper.content import AreaResult, CertificateContent, Signatory
from accreditation_engine.certificates.paper.typesetting import Attachment, TypesettingError, typeset

__all__ = [
    "AreaResult",
    "Attachment",
    "CertificateContent",
    "Signatory",
    "TypesettingError",
    "render_certificate",
    "typeset",
]
