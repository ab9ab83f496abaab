"""Whoever is still to agree on a rating is told by mail: reviewers when all reviews are in and lie too far apart,
and the others of a side once a rating is proposed. In the transaction of what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import people_by_subject
from accreditation_engine.organisations.letters.told import Readings, Told, may_know, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write

from .apart import nowhere_proposed
from .models import Proposal

KIND, APART = "consensus_proposed", "consensus_wanted"
REVIEWER = "reviewer"


def tell_of_proposal(proposal: Proposal) -> None:
    """Everybody on the side of whoever proposed it, but themselves. Two statements."""
    dossier, role = proposal.dossier_id, proposal.role
    people = people_by_subject(Dossier, role, [dossier]).get(dossier, [])
    write(
        ToWrite(who.person, who.digest, KIND, role=role, dossier=dossier, facts={"proposal": proposal.pk})
        for who in people
        if who.person != proposal.proposed_by_id
    )


def tell_of_apart(dossiers: Collection[UUID]) -> None:
    """The reviewers of these dossiers. Two statements, none for none."""
    if not dossiers:
        return
    people = people_by_subject(Dossier, REVIEWER, dossiers)
    write(
        ToWrite(who.person, who.digest, APART, role=REVIEWER, dossier=dossier)
        for dossier in dossiers
        for who in people.get(dossier, [])
    )


@told_in_mail(APART)
def _told_of_apart(letters: Sequence[Letter], readings: Readings) -> Told:
    """Where it is so still, nobody has proposed anything, and the reader may agree. One query."""
    files = Dossier.objects.filter(pk__in=[each.dossier for each in letters])
    apart = {file.pk for file, _count in nowhere_proposed(files)}
    words = _("The reviews are in, and lie too far apart somewhere. Propose a rating there.")
    return {
        each.pk: words for each in letters if each.dossier in apart and may_know(each, readings, "consensus")
    }


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
