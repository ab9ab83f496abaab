"""Whether somebody must have a second factor."""

from __future__ import annotations

from django import template

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.account.second_factor import needs_second_factor

register = template.Library()
needs_factor = register.simple_tag(name="needs_factor")(
    lambda person: isinstance(person, User) and needs_second_factor(person)
)
