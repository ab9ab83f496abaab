"""An event field by field: the field's code, what it means, and what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.decisions.words import choice_title
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import criterion_titles

Field = tuple[str, Any]


SHEET = "sheet:"
CRITERION = 2
"""Below a mapping of this kind stand a rubric and a criterion."""


def meaning(path: str, edition: str = "") -> str:
    """What the field at `path` (such as actor.name_digest or data.ratings) holds. `edition` is the one that the
    event was judged by, "" for none."""
    known = {
        "stream": _("Whose events these are: the identifier of the file, person, scheme or key"),
        "seq": _("The number of the event in its stream; there are no gaps"),
        "at": _("When it happened, in universal time"),
        "kind": _("What kind of event it is"),
        "actor.id": _("Who acted; empty for the system"),
        "actor.name_digest": _("Digest of the name borne then, which lies beside and can be erased by law"),
        "role": _("The role in which it was done"),
        "edition": _("The edition of the scheme it was judged by"),
        "transition": _("The step that was taken or refused"),
        "source": _("The state before"),
        "target": _("The state after"),
        "comment_digest": _("Digest of the comment, which lies beside and can be erased by law"),
        "previous": _("The hash of the event before"),
        "data.deadline": _("When the state that was entered ends, reckoned on the calendar known then"),
        "hash": _("The hash of this event: SHA-256 of all its other fields in canonical form"),
    }
    if path in known:
        return known[path]
    parts = path.split(".")[1:]
    if parts[:1] != ["judged"]:
        return _named(path, parts, edition)
    parts = parts[2:] if parts[1:2] == ["pieces"] and len(parts) > CRITERION else parts[1:]
    return _("What was judged: %(name)s") % isolated({"name": _named(path, parts, edition)})


def _named(path: str, parts: list[str], edition: str) -> str:
    """`parts` are those of the path below the event's data."""
    head, below = (parts[0], parts[1:]) if parts else ("", [])
    if head.startswith(SHEET):
        return _of_rubric(head.removeprefix(SHEET), below, edition)
    if head == "votes" and below and edition:
        return _("votes for “%(choice)s”") % isolated({"choice": choice_title(edition, below[0])})
    words = _data_words().get(head)
    if words is None:
        return _("What belongs to this kind of event: %(name)s") % isolated(
            {"name": path.removeprefix("data.")}
        )
    if not below:
        return words
    return _("%(name)s: %(value)s") % isolated({"name": words, "value": _below(below, edition)})


def _of_rubric(rubric: str, below: list[str], edition: str) -> str:
    words = {"outcome": _("outcome"), "percent": _("percent"), "digest": _("digest of the score sheet")}
    name = below[0] if below else ""
    value = words.get(name, name)
    return _("%(name)s: %(value)s") % isolated({"name": _rubric_title(rubric, edition), "value": value})


def _below(below: list[str], edition: str) -> str:
    if edition and len(below) == CRITERION:
        return criterion_titles(compiled(edition)).get((below[0], below[1]), ".".join(below))
    return _rubric_title(below[0], edition) if len(below) == 1 else ".".join(below)


def _rubric_title(name: str, edition: str) -> str:
    known = compiled(edition).rubrics.get(name) if edition else None
    return known.title.in_language(language()) if known else name


def _data_words() -> dict[str, str]:
    return {
        "about": _("code of the principle of the code of conduct"),
        "accepted": _("whether it was accepted"),
        "after": _("what it is since"),
        "answers": _("answer"),
        "ar": _("in Arabic"),
        "areas": _("areas and what each came to"),
        "as_found": _("taken down as it was found"),
        "ballot": _("number of the ballot"),
        "before": _("what it was before"),
        "came_with": _("number of the event that it came with"),
        "cast": _("votes that counted"),
        "choice": _("what was voted for"),
        "complaint": _("identifier of the concern"),
        "consensus": _("agreed by consensus"),
        "count": _("how many"),
        "country": _("country"),
        "criterion": _("code of the criterion"),
        "declaration": _("declaration that was signed"),
        "decided_seq": _("number of the event that decided"),
        "dossier": _("identifier of the file"),
        "due_at": _("when it is due"),
        "due_on": _("day on which it is due"),
        "editions": _("digest of the rubric's edition"),
        "en": _("in English"),
        "email_digest": _("digest of the address to sign in by"),
        "evidence": _("evidence (SHA-256 of each file, or a digest of all)"),
        "evidence_count": _("how many pieces of evidence there were"),
        "factor": _("code of the second factor"),
        "factors": _("codes of the second factors"),
        "file_name": _("digest of the file's name"),
        "files": _("files (SHA-256 of each)"),
        "findings": _("finding, by the number of its event"),
        "forgotten": _("whether the old password was forgotten"),
        "call_on": _("day on which it is called for"),
        "certificate": _("identifier of the certificate"),
        "changed": _("organisations that were changed"),
        "file": _("SHA-256 of the file"),
        "from": _("hash of the edition before"),
        "known": _("organisations that were known and stayed"),
        "new": _("organisations that are new"),
        "wrong": _("rows that were wrong"),
        "from_name_digest": _("digest of the name of who had it before"),
        "governorate": _("governorate"),
        "happened_on": _("day on which it happened"),
        "holder_ar": _("holder's name in Arabic"),
        "holder_en": _("holder's name in English"),
        "holder_number": _("holder's registration number"),
        "invitation": _("identifier of the invitation"),
        "token": _("identifier of the token"),
        "host": _("name of the machine"),
        "address": _("digest of the address that is told"),
        "types": _("codes of what it is told of"),
        "secret_number": _("number of the secret"),
        "digest": _("digest of the token"),
        "scopes": _("codes of what the token allows"),
        "expires_at": _("when it expires"),
        "issued_on": _("day of issue"),
        "key": _("public key"),
        "budget": _("what was spent in the last year"),
        "document": _("code of the document"),
        "label": _("label of the edition"),
        "legal_form": _("code of the legal form"),
        "lot": _("number that was drawn by lot"),
        "media_type": _("type of the file"),
        "name": _("name"),
        "name_ar": _("name in Arabic"),
        "name_digest": _("digest of the name of whom it is about"),
        "name_en": _("name in English"),
        "narratives": _("digest of what was written"),
        "notes": _("digest of the note"),
        "number": _("number"),
        "on": _("day"),
        "organisation": _("identifier of the organisation"),
        "outcome": _("outcome"),
        "percent": _("percent"),
        "proof": _("code of what did not fit"),
        "proofs": _("codes of what somebody proved with who they are"),
        "proposed": _("number of the event that proposed it"),
        "rating": _("rating"),
        "receipt": _("digest of the secret by which it is found again"),
        "ratings": _("rating, or a digest of all"),
        "paper": _("version of the paper that says so"),
        "request": _("identifier of the request"),
        "scope": _("scope of the certificate"),
        "reasons": _("why it was refused"),
        "registration_number": _("registration number"),
        "reviewer": _("identifier of the reviewer"),
        "reviews": _("digests of the reviews"),
        "role": _("role"),
        "rubric": _("code of the rubric"),
        "scheme": _("code of the scheme"),
        "severity": _("how grave it is"),
        "sha256": _("SHA-256 of the file"),
        "size": _("size in bytes"),
        "standing": _("owner, member (editor) or reader"),
        "staff": _("how many people are paid"),
        "until": _("last day"),
        "upkeep": _("identifier of the upkeep"),
        "valid_until": _("valid until"),
        "value": _("rating"),
        "votes": _("votes"),
    }


def fields_of(content: Mapping[str, Any], before: str = "") -> Iterator[Field]:
    """Every leaf with its path; lists and empty mappings are leaves."""
    for name, value in content.items():
        path = f"{before}.{name}" if before else name
        if isinstance(value, dict) and value:
            yield from fields_of(value, path)
        else:
            yield path, value


def shown(value: Any) -> str:
    """A value as it stands in the event; "" for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
