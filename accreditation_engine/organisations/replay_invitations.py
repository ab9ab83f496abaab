"""What the events of an organisation tell of its invitations: to which address, by its digest, and whether they
are open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, digest_as_kept, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .models import Invitation
from .replay_organisations import ORGANISATION

INVITATIONS = "invitations"
"""Keys: the invitation."""


@told_by(ORGANISATION, "colleague_invited")
def _invited(picture: Picture, event: Said) -> None:
    data = event.data
    said = {"state": "open", "standing": data["standing"], "email_digest": data["email_digest"]}
    picture.say(event, INVITATIONS, (data["invitation"],), **said)


@told_by(ORGANISATION, "invitation_closed")
def _closed(picture: Picture, event: Said) -> None:
    state = "accepted" if event.data["accepted"] else "withdrawn"
    picture.say(event, INVITATIONS, (event.data["invitation"],), state=state, email_digest="")


def _kept(organisations: Collection[UUID]) -> Iterable[Kept]:
    for each in Invitation.objects.filter(organisation__in=organisations).order_by("pk"):
        digest = digest_as_kept(each.email_salt, each.email) if each.email_salt else ""
        yield (
            each.organisation_id,
            (str(each.pk),),
            {"state": each.state, "standing": each.standing, "email_digest": digest},
        )


tables.append(
    Table(ORGANISATION, INVITATIONS, "invitation", _kept, "the invitation {invitation}", ("invitation",))
)
