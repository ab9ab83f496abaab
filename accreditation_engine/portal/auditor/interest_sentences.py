"""Declared interests, objections to reviewers, and what two people allowed, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.reviews.interests.words import interests_in_words

from .sentences import Context, Fact, Sentence, mentioned, sentence


@sentence("no_interest")
def _no_interest(context: Context) -> Sentence:
    allowed = context.data.get("interests")
    if not allowed:
        return Sentence(_("Declared to have no interest in the organisation"), icon="check")
    words = _("Declared that nothing ties them to the organisation but what two people have allowed")
    return Sentence(words, icon="check", facts=[_kind(allowed)])


@sentence("interest_declared")
def _interest_declared(context: Context) -> Sentence:
    return Sentence(
        _("Declared an interest in the organisation"), icon="warning", facts=[_kind([context.data["kind"]])]
    )


@sentence("tie_named")
def _tie_named(context: Context) -> Sentence:
    facts = [_kind([context.data["kind"]])]
    if context.data.get("person") is None:
        return Sentence(
            _("The organisation named a tie with somebody who is not known here"), icon="warning", facts=facts
        )
    return _about(context, _("The organisation named a tie with %(name)s"), facts=facts)


@sentence("tie_withdrawal_asked")
def _tie_withdrawn(context: Context) -> Sentence:
    facts: list[Fact] = [
        _kind([context.data["kind"]]),
        {"term": _("Declared in event"), "value": context.data["declared"], "kind": "number"},
    ]
    return Sentence(_("Took back an interest, declared by mistake"), icon="people", facts=facts)


@sentence("tie_withdrawal_confirmed")
def _withdrawal_confirmed(context: Context) -> Sentence:
    facts = [_kind([context.data["kind"]]), _to(context, "withdrawn")]
    return _about(context, _("Confirmed that %(name)s had declared an interest by mistake"), facts)


@sentence("tie_withdrawal_refused")
def _withdrawal_refused(context: Context) -> Sentence:
    facts = [_kind([context.data["kind"]]), _to(context, "withdrawn")]
    return _about(context, _("Refused to take an interest of %(name)s for declared by mistake"), facts)


@sentence("objected")
def _objected(context: Context) -> Sentence:
    return _about(context, _("The organisation objected to the reviewer %(name)s"))


@sentence("objection_upheld")
def _upheld(context: Context) -> Sentence:
    return _about(context, _("The objection to %(name)s was upheld"), facts=[_to(context, "objected")])


@sentence("objection_rejected")
def _rejected(context: Context) -> Sentence:
    return _about(context, _("The objection to %(name)s was rejected"), facts=[_to(context, "objected")])


@sentence("override_proposed")
def _proposed(context: Context) -> Sentence:
    return _about(
        context,
        _("It was proposed to let %(name)s judge the file with an interest"),
        facts=[_kind(context.data["interests"])],
    )


@sentence("override_allowed")
def _allowed(context: Context) -> Sentence:
    facts = [_kind(context.data["interests"]), _to(context, "proposed")]
    return _about(
        context, _("%(name)s may judge the file with an interest: a second person agreed"), facts=facts
    )


@sentence("override_denied")
def _denied(context: Context) -> Sentence:
    facts = [_kind(context.data["interests"]), _to(context, "proposed")]
    return _about(
        context, _("%(name)s may not judge the file with an interest: a second person refused"), facts
    )


def _about(context: Context, words: str, facts: list[Fact] | None = None) -> Sentence:
    return Sentence(words % isolated({"name": mentioned(context)}), icon="people", facts=facts or [])


def _kind(codes: Iterable[str]) -> Fact:
    return {"term": _("Interest"), "value": interests_in_words(codes)}


def _to(context: Context, what: str) -> Fact:
    return {"term": _("Answers event"), "value": context.data[what], "kind": "number"}
