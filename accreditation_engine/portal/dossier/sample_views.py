"""The page on which samples of branches or programmes are drawn for visits, and stay."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.people import signed_in
from accreditation_engine.reviews.visits import draw_sample, drawn_samples
from accreditation_engine.scoring.unit_names import in_natural_order

from .page import frame
from .reader import Reader, reader_of
from .sample_form import Asked, Wrong, asked_in, shown_form, wrong_choices, wrong_for_size
from .samples import Drawn, anchor, shown_draws, size_in_words, why_not_drawing


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every draw so far; for those who draw, first how large the sample will be, then the draw itself."""
    reader = reader_of(signed_in(request), pk)
    if not reader.reads_draws:
        raise Http404
    barred = why_not_drawing(reader)
    if request.method != "POST":
        return _show(request, reader, barred=barred)
    act, asked = request.POST.get("act"), asked_in(request.POST)
    if act not in ("size", "draw"):
        raise BadRequest("no such act")
    if barred:
        return _show(request, reader, barred=barred, reasons=barred)
    wrong = dict(wrong_for_size(asked))
    if act == "draw" and not wrong:
        wrong.update(wrong_choices(asked))
    if act == "size" or wrong:
        return _show(request, reader, asked, wrong)
    return _draw(request, reader, asked)


def _draw(request: HttpRequest, reader: Reader, asked: Asked) -> HttpResponse:
    if asked.sized != asked.mark:
        return _show(request, reader, asked, reasons=[Reason("size_not_shown")])
    try:
        draw_sample(
            dossier=reader.dossier,
            units=asked.units,
            audit=asked.kind,
            chosen=asked.chosen,
            by=reader.person,
            seen=asked.seen,
        )
    except Refused as refused:
        twin = _twin(reader, asked)
        if twin is None:
            return _show(request, reader, asked, reasons=refused.reasons)
        messages.info(
            request, _("This sample had just been drawn from the same page. It was not drawn twice.")
        )
        return _to_draw(reader, twin)
    messages.success(request, _("The sample is drawn. It stands in the decision trail now."))
    return _to_draw(reader, asked.seen + 1)


def _twin(reader: Reader, asked: Asked) -> int | None:
    """The number of the draw that this very form has brought about already: a button pressed twice."""
    for number, (event, drawn) in enumerate(drawn_samples(reader.dossier), start=1):
        same = (list(drawn.population), drawn.audit) == (sorted(asked.units), asked.audit)
        chosen = {each.unit: each.reason for each in drawn.chosen}
        if number > asked.seen and event.actor == reader.person.pk and same and chosen == asked.chosen:
            return number
    return None


def _to_draw(reader: Reader, number: int) -> HttpResponse:
    return redirect(f"{reverse('sample', args=[reader.dossier.pk])}#{anchor(number)}")


def _show(
    request: HttpRequest,
    reader: Reader,
    asked: Asked | None = None,
    wrong: Wrong | None = None,
    *,
    reasons: Any = (),
    barred: tuple[Reason, ...] = (),
) -> HttpResponse:
    """The page; after a refusal with what was typed, and every reason at the top."""
    drawn, wrong = drawn_samples(reader.dossier), wrong or {}
    context = {
        **frame(reader, "sample"),
        "draws": shown_draws(reader, drawn),
        "errors": [{"text": text, "target": field} for field, text in wrong.items()],
        "notice": _notice(reader, reasons, barred),
        "form": None if barred else _form(asked, wrong, drawn),
        "size": _size(asked) if asked and not wrong_for_size(asked) else None,
    }
    status = HTTPStatus.CONFLICT if wrong or reasons else HTTPStatus.OK
    return render(request, "portal/sample.html", context, status=status)


def _form(asked: Asked | None, wrong: Wrong, drawn: Drawn) -> dict[str, Any]:
    """At first with the names of the last draw, which organisations record nowhere else."""
    last = "\n".join(in_natural_order(drawn[-1][1].population)) if drawn else ""
    return shown_form(
        asked or Asked(last), wrong, drawn=len(drawn), carried_over=asked is None and bool(drawn)
    )


def _size(asked: Asked) -> dict[str, Any]:
    return {
        "size": asked.size,
        "sites": len(asked.units),
        "words": size_in_words(len(asked.units), asked.kind),
    }


def _notice(reader: Reader, reasons: Any, barred: tuple[Reason, ...]) -> dict[str, Any] | None:
    """What was refused; and, before anything is, why somebody in whose part drawing lies may not draw here."""
    if reasons:
        told = [{"text": str(each)} for each in reasons]
        return {"kind": "refusal", "urgent": True, "title": _("This was not done"), "reasons": told}
    told = [{"text": str(each)} for each in barred if each.code != "not_your_role"]
    return {"kind": "info", "title": _("You draw no sample here"), "reasons": told} if told else None
