"""Whoever is still to agree on a rating is told by mail that it is proposed: in the transaction of doing so."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import people_by_subject
from accreditation_engine.organisations.letters.told import Readings, Told, may_know, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write

from .models import Proposal

KIND = "consensus_proposed"


def tell_of_proposal(proposal: Proposal) -> None:
    """Everybody on the side of whoever proposed it, but themselves. Two statements."""
    dossier, role = proposal.dossier_id, proposal.role
    people = people_by_subject(Dossier, role, [dossier]).get(dossier, [])
    write(
        ToWrite(who.person, who.digest, KIND, role=role, dossier=dossier, facts={"proposal": proposal.pk})
        for who in people
        if who.person != proposal.proposed_by_id
    )


@told_in_mail(KIND)
def _told(letters: Sequence[Letter], readings: Readings) -> Told:
    """Of proposals that stand and that the reader has not agreed with, where they see them. Two queries."""
    asked = Proposal.objects.filter(pk__in=[each.facts["proposal"] for each in letters], closed_at=None)
    consents = {
        each.pk: {consent.person_id for consent in each.consents.all()}
        for each in asked.prefetch_related("consents")
    }
    words = _("A rating is proposed on which you are to agree. Agree with it, or propose another.")
    return {
        each.pk: words
        for each in letters
        if each.person_id not in consents.get(each.facts["proposal"], {each.person_id})
        and may_know(each, readings, "consensus")
    }
