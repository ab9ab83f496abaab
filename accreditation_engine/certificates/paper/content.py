"""What stands on a certificate, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accreditation_engine.certificates.paper.numerals import Digits
from accreditation_engine.certificates.paper.palette import PaletteName
from accreditation_engine.definitions.base import Bilingual


@dataclass(frozen=True)
class AreaResult:
    """One area of the rubric: its `name`, and `percent` (0 to 100) as it is to be printed, rounded."""

    name: Bilingual
    percent: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError(f"percent of {self.name.en!r} must lie from 0 to 100, not {self.percent}")


@dataclass(frozen=True)
class Signatory:
    """One who signs: `name`, and the `role` beneath it (such as "Chair of the accreditation panel")."""

    name: Bilingual
    role: Bilingual


@dataclass(frozen=True)
class CertificateContent:
    """All that a certificate says. The same content always makes the same bytes.

    body: the accrediting body's name, at the head of the page
    title: what the certificate is called (شهادة الالتزام المؤسسي / Institutional Commitment Certificate)
    number: the certificate's number, as in the register
    holder: the organisation's name; where it has none in one language, give the other's
    registration_number: the number under which the state registered the holder
    outcome: the outcome's title (الفئة الذهبية / Gold), inside the seal
    edition: the edition of the scheme it was judged by, such as "2026.1"
    issued_on, valid_until: days; `valid_until` is None for a certificate without an end
    register_url: the address of the certificate's page in the public register, in the QR and as text
    areas: results by area in the rubric's order; 3 to 12 make a radar, any other number bars, none nothing
    signatories: those who sign, at most 4, from the first (right) to the last (left)
    statement: the sentence of certification that follows the holder's name; None for the usual one
    scope: what of the holder is certified; None for the whole organisation
    palette: "gold" or "green"
    digits: "western" (0-9) or "arabic-indic" (٠-٩) in the Arabic half; the English half is always western
    version: 1 as issued; a later one says that it takes the place of those before it
    specimen: print "نموذج / Specimen" across the page, so that a preview is never taken for a certificate
    """

    body: Bilingual
    title: Bilingual
    number: str
    holder: Bilingual
    registration_number: str
    outcome: Bilingual
    edition: str
    issued_on: date
    valid_until: date | None
    register_url: str
    areas: tuple[AreaResult, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    statement: Bilingual | None = None
    scope: Bilingual | None = None
    palette: PaletteName = "green"
    digits: Digits = "western"
    version: int = 1
    specimen: bool = False

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until < self.issued_on:
            raise ValueError(f"valid_until {self.valid_until} lies before issued_on {self.issued_on}")
        if len(self.signatories) > 4:
            raise ValueError(f"a certificate has room for 4 signatories, not {len(self.signatories)}")
