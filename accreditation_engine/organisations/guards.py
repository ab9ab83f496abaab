"""What must hold of whoever acts for an organisation before it is bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard

from .models import Membership, Standing


def _ownership(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    owners = Membership.objects.filter(
        user=user, standing=Standing.OWNER, ended_at=None, organisation=OuterRef(model.organisation_path)
    )
    return {"owns_organisation": Exists(owners)}


@guard("authorised", facts=_ownership)
def authorised(case: Case, parameters: Parameters) -> Verdict:
    """Whoever takes the step is an owner of the organisation: members work on a file, owners bind with it."""
    return Verdict(() if case.facts["owns_organisation"] else (Reason("not_authorised"),))
