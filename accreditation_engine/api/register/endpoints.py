"""/api/v1/register and /api/v1/certificates/: for everybody, to read only."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from accreditation_engine.api.caching import for_a_minute
from accreditation_engine.api.cursors import After, Limit, cursor, row_behind
from accreditation_engine.api.problems import Problem, Refusal
from accreditation_engine.certificates.queries import certificate_by_number
from accreditation_engine.certificates.register.search import Search, some_of
from accreditation_engine.definitions.public_status import PublicStatus

from .answers import CertificateAnswer, CertificateLine, CertificatesAnswer

LIST = "register"

router = Router(tags=["register"])


@router.get(
    "register",
    response={200: CertificatesAnswer, 422: Problem, 429: Problem},
    summary=gettext_noop("Certificates that fit, the latest first"),
)
def register(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[
        str,
        Query(
            max_length=200,
            description=gettext_noop("Parts of names or numbers, as the page of the register folds them"),
        ),
    ] = "",
    scheme: Annotated[str, Query(max_length=60, description=gettext_noop("The id of a scheme"))] = "",
    country: Annotated[str, Query(max_length=2, description=gettext_noop("Two letters of ISO 3166-1"))] = "",
    status: Annotated[PublicStatus | None, Query(description=gettext_noop("What it is worth today"))] = None,
    after: After = "",
    limit: Limit = 25,
) -> CertificatesAnswer:
    search = Search(
        words=_readable(q), scheme=_readable(scheme), country=_readable(country).upper(), status=status or ""
    )
    found, behind = some_of(search, limit, row_behind(LIST, after))
    for_a_minute(response)
    return CertificatesAnswer(
        certificates=[CertificateLine.of(each) for each in found],
        next=None if behind is None else cursor(LIST, behind),
    )


def _readable(typed: str) -> str:
    """Without what no database looks for."""
    return typed.replace("\0", "").strip()


REFUSALS: dict[int, Any] = {404: Problem, 422: Problem, 429: Problem}


@router.get(
    "certificates/{number}",
    response={200: CertificateAnswer, **REFUSALS},
    summary=gettext_noop("One certificate"),
)
def registered_certificate(
    request: HttpRequest,
    response: HttpResponse,
    number: Annotated[
        str, Path(max_length=60, description=gettext_noop("As printed on it; Arabic digits are read as well"))
    ],
) -> CertificateAnswer:
    found = certificate_by_number(number)
    if found is None:
        raise Refusal(
            404, "no-such-certificate", _("No certificate has this number. Compare it digit by digit.")
        )
    for_a_minute(response)
    return CertificateAnswer.of(found)
