"""That a role ended, said where somebody comes upon it: at home, and where a page is gone that was theirs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.ended import LATELY, ended_roles
from accreditation_engine.organisations.models import RoleGrant, User

from .templatetags.dates import day_in_words


def over_in_words(grant: RoleGrant) -> str:
    """A sentence for whoever held it."""
    assert grant.until is not None  # noqa: S101 - it has ended
    said = {"role": role_title(grant.role), "day": day_in_words(grant.until)}
    return _("Your role ended on %(day)s: %(role)s.") % isolated(said)


def lately_over(person: User) -> list[str]:
    """One sentence for each role that ended in the last weeks. One query."""
    return [over_in_words(each) for each in ended_roles(person, within=LATELY)]
