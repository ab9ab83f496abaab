"""Every address of the site, from the resolver: a page that is new is walked as well.

A part of an address for which there is no sample fails the walk, and says so; so does an address that answers
nobody, for then its sample leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.trail.models import Event

from .planted import MAIN, Planted

HERE = "tests/portal/visibility/routes.py"


@dataclass(frozen=True)
class Route:
    """`pattern` is the address as it is written, `name` its page's, `address` one that leads somewhere."""

    pattern: str
    name: str
    address: str

    @property
    def rests(self) -> bool:
        """Whether what it answers hangs on no state of any file: it is walked once. Pages that are new do, until
        they are named here."""
        return self.name in AT_REST or self.pattern.startswith(("api/", "trail/"))

    @property
    def of_one_file(self) -> bool:
        return self.pattern.startswith(
            ("files/<uuid:pk>/", "erasure/files/<uuid:pk>/", "audit/files/<uuid:pk>/")
        )


AT_REST = frozenset(
    {
        "sign_in",
        "sign_out",
        "change_password",
        "account",
        "choose_mail",
        "choose_calendar",
        "say_employer",
        "api_tokens",
        "new_api_token",
        "own_interests",
        "withdraw_tie",
        "set_language",
        "account_login",
        "account_logout",
        "account_signup",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "usersessions_list",
        "lost_devices",
        "lost_device",
        "organisations",
        "found_organisation",
        "colleagues",
        "join_organisation",
        "reviewers",
        "reviewer",
        "letters",
        "papers",
        "decide_mail",
        "erase_of_person",
        "roles",
        "give_role",
        "role",
        "all_organisations",
        "one_organisation",
        "imports",
        "webhooks",
        "webhook",
        "organisation_webhooks",
        "organisation_webhook",
        "import",
        "import_template",
        "edition_schemes",
        "editions",
        "edition",
        "compare_editions",
        "migrate",
        "schemes",
        "scheme",
        "scheme_what_if",
        "scheme_certificate",
        "specimen_pdf",
        "specimen_picture",
        "about",
        "about_in",
        "about_scheme",
        "certificate_pdf",
        "complain",
        "check_certificate",
        "certificate_credential",
        "did",
        "paper_keys",
        "status_list",
        "minutes_pdf",
        "report_pdf",
        "audit_looks",
        "audit_samples",
        "audit_sample",
        "audit_sample_bundle",
        "audit_verification",
        "audit_verification_run",
    }
)

NOWHERE = frozenset(
    {
        "complaint",  # takes one that somebody raised; who reads it is tried with it
        "complaint_file",
        "complaint_file_preview",
        "complaint_file_page",
        "concern",  # takes its secret
        "api-root",  # answers nobody anywhere
        "dossiers",  # these ask for a token: tests/api
        "events",
        "findings",
        "waiting",
        "new_api_token",  # asks once more who one is: tests/portal/account
        "certificate_pdf",  # papers are made by the worker; what stands on them is tried with them
        "certificate_credential",
        "status_list",
        "checkpoint",  # and all that takes a signed checkpoint: public, and hashes alone
        "checkpoint_note",
        "consistency",
        "inclusion",
        "latest_checkpoint",
        "tile",
        "confirm_subscription",  # takes a secret that was sent by mail
        "hand_over",  # takes a review that is not sent
        "join_organisation",  # takes a link that was sent by mail
        "account_confirm_email",  # and what else takes a secret of one's own, or a second factor
        "account_reset_password_from_key",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_remove_webauthn",
        "account_reauthenticate",  # and what asks for the password first, which nobody has here
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "import",  # takes a file
        "webhook",  # takes one that was added
        "organisation_webhook",
        "organisation_document",  # takes one that was added; who reads it is tried with the profile
        "document_preview",
        "document_page",
        "batch",  # takes something that was asked for many files
        "audit_sample",  # takes a draw
        "audit_verification_run",  # takes a run
    }
)
"""Pages whose address leads nowhere here, and why."""


def routes(planted: Planted) -> list[Route]:
    return [
        Route(pattern, name, address)
        for pattern, name, parameters in _patterns(get_resolver().url_patterns, "", {})
        for address in _addresses(pattern, name, parameters, planted)
    ]


def _patterns(
    found: list[Any], before: str, known: Mapping[str, Any]
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The pattern, the name and the converters of each."""
    for each in found:
        pattern, parameters = before + str(each.pattern), {**known, **each.pattern.converters}
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns, pattern, parameters)
        elif isinstance(each, URLPattern):
            yield pattern, each.name or pattern, parameters


def _addresses(pattern: str, name: str, parameters: Mapping[str, Any], planted: Planted) -> Iterator[str]:
    samples = _samples(planted) | _samples_of_page(planted).get(name, {})
    missing = [each for each in parameters if each not in samples]
    assert not missing, f"say in {HERE} what {missing} stands for in the address '{pattern}' ({name})"
    for choice in _choices({each: samples[each] for each in parameters}):
        address = "/" + pattern
        for each, converter in parameters.items():
            written = f"<{type_of(converter)}:{each}>"
            address = address.replace(written, str(choice[each])).replace(f"<{each}>", str(choice[each]))
        assert "<" not in address, f"the address {address} of {name} could not be filled in"
        yield address


def type_of(converter: Any) -> str:
    name = type(converter).__name__.removesuffix("Converter").lower()
    return {"string": "str"}.get(name, name)


def _choices(samples: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One sample is a value; where it is a list, each in turn."""
    several = {name: each for name, each in samples.items() if isinstance(each, list)}
    if not several:
        yield dict(samples)
        return
    name, values = next(iter(several.items()))
    for value in values:
        yield from _choices({**samples, name: value})


def _samples(planted: Planted) -> dict[str, Any]:
    """What stands for each part of an address, by its name."""
    dossier = planted.dossier
    return {
        "pk": dossier.pk,
        "finding_pk": planted.finding.pk,
        "evidence_pk": _files(planted),
        "document_pk": dossier.pk,
        "document": "licence",
        "form": "point",
        "about": "new",
        "arriving_pk": dossier.pk,
        "file_pk": planted.certificate.upkeep.get(kind="special_audit").files.get().pk,
        "page": 1,
        "part": 1,
        "criterion": "integrity-1",
        "assignment_pk": planted.assignment.pk,
        "question_pk": dossier.questions.order_by("pk")[0].pk,
        "certificate_pk": planted.certificate.pk,
        "webhook_pk": planted.dossier.pk,
        "complaint_pk": dossier.pk,
        "change_pk": planted.certificate.scope_changes.get().pk,
        "upkeep_pk": planted.certificate.upkeep.get(kind="special_audit").pk,
        "contest_pk": dossier.contests.get().pk,
        "dossier_pk": dossier.pk,
        "objection_pk": 1,
        "override_pk": dossier.overrides.get().pk,
        "batch_pk": dossier.pk,
        "interest_pk": dossier.interests.order_by("pk")[0].pk,
        "withdrawal_pk": 1,
        "rubric": MAIN,
        "area": "integrity",
        "number": planted.certificate.number,
        "name": dossier.scheme,
        "size": 1,
        "token": "cut-off",
        "subscriber": dossier.pk,
        "stream": [dossier.pk, planted.finding.pk],
        "seq": [1, 3],
        "kind": ["csv", "jsonl"],
        "sample": "western",
        "grant_pk": RoleGrant.objects.order_by("pk")[0].pk,
        "import_pk": dossier.pk,
        "spoken": "ar",
        "edition_hash": dossier.edition_id,
        "run": 1,
        "mail_pk": dossier.pk,
        "secret": "0",
        "key": "cut-off",
        "uidb36": "0",
        "event": Event.objects.get(stream=dossier.pk, seq=5).hash,
        "level": 0,
        "index": 0,
        "width": 1,
    }


def _files(planted: Planted) -> list[int]:
    """One that stands, one that was taken back, and all that were filed later: with an answer, and to correct."""
    filed = planted.dossier.evidence.order_by("pk").values_list("pk", flat=True)
    return [each for each in filed if each >= planted.evidence.pk]


def _samples_of_page(planted: Planted) -> dict[str, dict[str, Any]]:
    """The same where a name means something else on one page."""
    reviewer = planted.people["reviewer a"].pk
    sitting = {"pk": Sitting.objects.get().pk}
    sittings = ("sitting", "change_sitting", "attendance", "close_sitting", "cancel_sitting", "minutes_pdf")
    return {
        **dict.fromkeys((*sittings, "write_minutes"), sitting),
        "reviewer": {"pk": reviewer},
        "erase_of_person": {"pk": reviewer},
        "lost_device": {"pk": reviewer},
        "colleagues": {"pk": planted.dossier.organisation_id},
        "organisation_webhooks": {"pk": planted.dossier.organisation_id},
        "organisation_webhook": {"pk": planted.dossier.organisation_id},
        "mfa_remove_webauthn": {"pk": 1},
        "certificate_pdf": {"number": "C-0"},  # made by the worker, and tried by itself
        "certificate_credential": {"number": "C-0"},
        "status_list": {"purpose": "revocation", "number": 0},
        "audit_sample": {"seq": 1},
        "import_template": {"kind": "csv"},
        "register_export": {"kind": ["csv", "json"]},
        "register_organisation": {"pk": planted.dossier.organisation_id},
        "one_organisation": {"pk": planted.dossier.organisation_id},
        "organisation_profile": {"pk": planted.dossier.organisation_id},
        "visit": {"seq": planted.dossier.visits.get().seq},
    }
