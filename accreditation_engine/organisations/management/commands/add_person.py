"""manage.py add_person: an account from the command line, for a new site's first people."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.organisations.employer import name_employer
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.roles import GRANTED


class Command(BaseCommand):
    help = (
        "Make an account, or find it by its address, and give it roles. A new one's password is printed once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", help="needed for a new account")
        parser.add_argument("--role", action="append", choices=GRANTED, default=[], help="may be given often")
        parser.add_argument("--scheme", default="", help="grant the roles for this scheme only")
        parser.add_argument("--organisation", metavar="NUMBER", help="act for it: its registration number")
        parser.add_argument("--employer", metavar="NAME", help="where the person works")
        parser.add_argument("--language", choices=("ar", "en"), default="ar")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = self._organisation(options["organisation"])
        self._check(options)
        user = User.objects.filter(email=options["email"].lower()).first() or self._new(options)
        for role in options["role"]:
            self._grant(user, role, options["scheme"])
            self.stdout.write(f"{user.email} is {role} of {options['scheme'] or 'every scheme'}")
        if options["employer"] is not None:
            name_employer(user=user, employer=options["employer"], by=SYSTEM)
            self.stdout.write(f"{user.email} works for {user.employer or 'nobody known here'}")
        if organisation:
            join(organisation=organisation, user=user, by=SYSTEM)
            self.stdout.write(f"{user.email} acts for {organisation.name_en}")

    def _grant(self, user: User, role: str, scheme: str) -> None:
        try:
            grant_role(user=user, role=role, by=SYSTEM, scheme=scheme)
        except Refused as refused:
            self.refuse(f"{user.email}: {refused}")

    def _check(self, options: dict[str, Any]) -> None:
        try:
            validate_email(options["email"])
        except ValidationError:
            self.refuse(f"'{options['email']}' is no e-mail address")
        if options["scheme"] and not Scheme.objects.filter(pk=options["scheme"]).exists():
            known = ", ".join(Scheme.objects.order_by("pk").values_list("pk", flat=True)) or "none is open"
            self.refuse(f"there is no scheme '{options['scheme']}'; known: {known}")

    def _organisation(self, number: str | None) -> Organisation | None:
        if number is None:
            return None
        found = Organisation.objects.filter(registration_number=number).first()
        return found or self.refuse(f"no organisation is registered under '{number}'")

    def _new(self, options: dict[str, Any]) -> User:
        if not options["name"]:
            self.refuse(f"there is no account {options['email']} yet; give --name to make one")
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            options["email"], password, name=options["name"], language=options["language"]
        )
        self.stdout.write(f"{user.email}: password {password} (change it after the first sign-in)")
        return user
