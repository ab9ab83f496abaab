"""manage.py change_email: another address for an account, with its event."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.addresses import change_email
from accreditation_engine.organisations.models import User


class Command(BaseCommand):
    help = "Let somebody sign in by another address. The trail keeps that it was changed, and a digest of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of today")
        parser.add_argument("to", help="the new one")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            self.refuse(f"there is no account {options['email']}")
        try:
            changed = change_email(user=user, email=options["to"], by=SYSTEM)
        except Refused as refusal:
            self.refuse(str(refusal))
        self.stdout.write(f"{options['email']} signs in by {changed.email} from now on")
