"""What a member of the panel may do of a file beside its steps: step aside, and dissent."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.decisions.dissenting import choice_carried, outvoted
from accreditation_engine.decisions.queries import Standing
from accreditation_engine.decisions.recusing import may_recuse_as
from accreditation_engine.decisions.sealing import VOTES
from accreditation_engine.dossiers.domain import is_final
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.models import Event


def own_part(reader: Reader, standing: Standing | None, moved: Sequence[Event]) -> list[dict[str, str]]:
    """Links, for parts/own_part.html; empty for whoever decides nothing here. No query."""
    if not may_recuse_as(reader.roles):
        return []
    voted = standing is not None and any(each.member_id == reader.person.pk for each in standing.votes)
    links = []
    if not voted and not is_final(reader.dossier):
        links.append(
            {"title": _("Step aside from this file"), "url": reverse("recuse", args=[reader.dossier.pk])}
        )
    if standing is not None and voted and reader.sees(VOTES) and _may_dissent(reader, standing, moved):
        links.append({"title": _("Record your dissent"), "url": reverse("dissent", args=[reader.dossier.pk])})
    return links


def _may_dissent(reader: Reader, standing: Standing, moved: Sequence[Event]) -> bool:
    decisions = [each for each in reversed(moved) if each.transition in reader.scheme.deciding]
    carried = choice_carried(reader.scheme, decisions, standing.number)
    return outvoted(standing, reader.person, carried)
