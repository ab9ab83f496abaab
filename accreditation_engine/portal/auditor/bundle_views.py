"""A bundle of one file, for whoever shall check it without this site."""

from __future__ import annotations

import tempfile
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.bundles.making import NoCheckpoint, make_bundle
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.turned_away import turned_away
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in

from .access import AUDITOR, desk_of, has_desk
from .looks import look

EVERYTHING = ("answers", "evidence", "ratings", "scores", "findings", "votes")
IN_MEMORY = 8 * 2**20


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
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        make_bundle([pk], file)
    except NoCheckpoint as problem:
        file.close()
        messages.error(
            request, _("No bundle can be made now. Tell the administrator: %(why)s") % {"why": problem}
        )
        return redirect(back)
    look(desk.person, "export", dossier=pk, asked={"format": "zip"})
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{number}.zip")
