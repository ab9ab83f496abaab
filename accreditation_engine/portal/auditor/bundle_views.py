"""A bundle of one file, for whoever shall check it without this site."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from typing import IO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.bundles.making import NoCheckpoint, make_bundle
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.turned_away import turned_away
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import files_of, signed_in

from .access import AUDITOR, desk_of, has_desk
from .looks import look
from .samples_drawn import numbers_drawn

EVERYTHING = ("answers", "evidence", "ratings", "scores", "findings", "votes")
IN_MEMORY = 8 * 2**20
NAMED = 10


def sees_everything(reader: Reader) -> bool:
    """A bundle hides nothing, so only those have it who may see all that it holds."""
    return all(reader.sees(each) for each in EVERYTHING)


def _turned_away(person: User, pk: UUID) -> None:
    dossier = Dossier.objects.filter(pk=pk).first()
    if dossier is not None:
        turned_away(dossier, person, [Reason("not_your_role", {"roles": [AUDITOR]})], act="bundle")


@require_POST
def bundle(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The bundle of a file, covered by a checkpoint made for it."""
    person = signed_in(request)
    if not has_desk(person) or not (desk := desk_of(request)).may_see(pk):
        _turned_away(person, pk)
        raise Http404
    reader = reader_of(desk.person, pk)
    number = reader.dossier.number
    back = f"{reverse('audit')}?file={number}"
    if not sees_everything(reader):
        messages.error(
            request,
            _(
                "A bundle holds all there is, and some of it you may not see at this stage. Come back when the"
                " file is decided, or take the table (CSV)."
            ),
        )
        return redirect(back)
    file = _made(request, [pk])
    if file is None:
        return redirect(back)
    look(desk.person, "export", dossier=pk, asked={"format": "zip"})
    return FileResponse(file, as_attachment=True, filename=f"{number}.zip")


@require_POST
def bundle_of_sample(request: HttpRequest, seq: int) -> HttpResponseBase:
    """The bundle of exactly the files that were drawn, where all of each may be seen."""
    desk = desk_of(request)
    numbers = numbers_drawn(desk.person, str(seq))
    if not numbers:
        raise Http404
    back = redirect("audit_sample", seq=seq)
    files = dict(files_of(desk.person, AUDITOR).filter(number__in=numbers).values_list("number", "pk"))
    unseen = [
        each
        for each in numbers
        if each not in files or not sees_everything(reader_of(desk.person, files[each]))
    ]
    if unseen:
        words = _(
            "A bundle holds all there is, and of these files you may not see all at this stage: %(numbers)s. Come"
            " back when they are decided, or take the table (CSV)."
        )
        named = [*map(isolate, unseen[:NAMED]), *(["..."] if len(unseen) > NAMED else [])]
        messages.error(request, words % {"numbers": _(", ").join(named)})
        return back
    file = _made(request, files.values())
    if file is None:
        return back
    look(desk.person, "export", asked={"format": "zip", "sample": str(seq)})
    return FileResponse(file, as_attachment=True, filename=f"sample-{seq}.zip")


def _made(request: HttpRequest, dossiers: Collection[UUID]) -> IO[bytes] | None:
    """The bundle, read from its beginning; None where none can be made, which is said."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        make_bundle(list(dossiers), file)
    except NoCheckpoint as problem:
        file.close()
        messages.error(
            request, _("No bundle can be made now. Tell the administrator: %(why)s") % {"why": problem}
        )
        return None
    file.seek(0)
    return file
