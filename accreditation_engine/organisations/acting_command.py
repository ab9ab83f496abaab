"""Commands that do something for which somebody answers: who it is and why stay in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE, Actor
from accreditation_engine.engine.commands import Command
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.administering import ADMINISTRATOR
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.written import kept_text


class ActingCommand(Command):
    """A command of which some options act, and need a reason and somebody."""

    def add_acting(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", default="", help="why; it stays in the trail")
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            default="",
            help="the administrator who does it, or 'system' where nobody does; it stays in the trail",
        )

    def reason_given(self, options: dict[str, Any], *, acts: bool, acting: Sequence[str]) -> str:
        """Why it is done, "" where nothing is. `acting` names the options that need one. Refuses a call that acts
        without, and one that does not act with."""
        reason = kept_text(options["reason"])
        if acts and not reason:
            self.refuse(_("Say why, with --reason; it stays in the trail."))
        if (reason or options["by"]) and not acts:
            self.refuse(
                _("A reason, and who it is, are for %(options)s.") % {"options": _(" or ").join(acting)}
            )
        unlike = unlike_text(reason)
        if unlike:
            self.refuse_all(str(each) for each in unlike)
        return reason

    def who_acts(self, options: dict[str, Any]) -> User | Actor:
        said = options["by"].strip().lower()
        if not said:
            self.refuse(
                _(
                    "Say who does it, with --by and an administrator's address, or --by system where nobody does."
                )
            )
        if said == SYSTEM_ROLE:
            return SYSTEM
        grants = RoleGrant.objects.filter(in_force(), role=ADMINISTRATOR, scheme="", user__email=said)
        found = grants.select_related("user").first()
        if found is None:
            words = _(
                "%(said)s is the address of no administrator of all schemes; give one who is, with --by."
            )
            self.refuse(words % isolated({"said": said}))
        return found.user


def role_of(by: User | Actor) -> str:
    return SYSTEM_ROLE if by is SYSTEM else ADMINISTRATOR
