"""Events in words, from codes: one sentence for each kind of event, in the language of whoever reads it now.

A sentence tells of what was judged only as far as its reader may see it in the state the file is in today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.decisions.words import choice_title
from accreditation_engine.dossiers.declaration import DECLARATION, digest_of_words, words_of
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import criterion_titles, given, with_titles
from accreditation_engine.portal.panel.sealed import needed, sees_ballot
from accreditation_engine.scoring.sampling import Sample
from accreditation_engine.trail.queries import Told

from .act_words import act_title
from .judged_words import in_pieces
from .refused_words import told_later

Fact = dict[str, Any]


class Eyes(Protocol):
    """Who reads: of a file, what may be seen of it. Events that belong to no file hide nothing."""

    @property
    def scheme(self) -> Compiled: ...

    def sees(self, *things: str) -> bool: ...


@dataclass(frozen=True)
class Context:
    """One event before its reader. `names` are what people mentioned in events were called, by digest;
    `organisations` what those mentioned are called now, by id."""

    told: Told
    reader: Eyes
    names: Mapping[str, str]
    organisations: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.told.content["data"]
        return data


@dataclass(frozen=True)
class Sentence:
    """`needs` is what must be visible for the whole event to be shown; without it only the title is."""

    title: str
    tone: str = ""
    icon: str = ""
    facts: list[Fact] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    needs: str = ""


SHEET = "sheet:"  # before the rubric's id, in what a guard judged
Wording = Callable[[Context], Sentence]
_sentences: dict[str, Wording] = {}

# What a reason against a step gives away.
TELLING = {
    "outcome_too_low": "scores",
    "condition_unmet": "scores",
    "no_quorum": "votes",
    "votes_short": "votes",
    "tied": "votes",
    "findings_open": "findings",
    "no_findings_open": "findings",
    "to_reconcile": "ratings",
}


def sentence(kind: str) -> Callable[[Wording], Wording]:
    """Register the function below as the words for events of `kind`."""

    def register(words: Wording) -> Wording:
        _sentences[kind] = words
        return words

    return register


def in_a_sentence(context: Context) -> Sentence:
    """An event of a kind that this version does not know says so, with its code."""
    kind = _kind(context)
    words = _sentences.get(kind)
    return words(context) if words else Sentence(_unknown(kind))


def _unknown(kind: str) -> str:
    return _("An event of a kind that this version does not know (%(kind)s)") % isolated({"kind": kind})


def kinds_told() -> frozenset[str]:
    """The kinds of events that have a sentence."""
    return frozenset(_sentences)


def _kind(context: Context) -> str:
    """Every stream begins with `opened`; a finding is raised, and says how grave it is; a certificate is issued,
    and says on which decision; upkeep says when it is called for; a change of scope who asks for it."""
    kind = context.told.event.kind
    if kind != "opened":
        return kind
    if "severity" in context.data:
        return "finding_raised"
    if "receipt" in context.data:
        return "complaint_raised"
    if "call_on" in context.data:
        return "upkeep_opened"
    if "initiative" in context.data:
        return "scope_change_opened"
    return "certificate_issued" if "decided_seq" in context.data else kind


@sentence("opened")
def _opened(context: Context) -> Sentence:
    return Sentence(_("The file was opened"), icon="plus")


@sentence("transition")
def _transition(context: Context) -> Sentence:
    event = context.told.event
    title = transition_title(event.edition, event.transition)
    choice = context.data.get("choice")
    if choice is None:
        return Sentence(title, facts=[*_declaration(context), *_judged(context)])
    vote = {"term": _("Vote"), "value": choice_title(event.edition, choice)}
    ballot = context.data.get("judged", {}).get("ballot")
    return Sentence(title, facts=[vote, *_judged(context)], needs=needed(context.reader, ballot))


def _declaration(context: Context) -> list[Fact]:
    """What whoever took the step signed: the words, where the edition still has them, and their digest."""
    event, said = context.told.event, context.data.get(DECLARATION)
    if not said:
        return []
    words = words_of(compiled(event.edition).steps[event.transition])
    facts: list[Fact] = [{"term": _("Digest of the declaration"), "value": said["text"], "kind": "code"}]
    if digest_of_words(words) == said["text"]:
        facts.insert(0, {"term": _("Declaration signed"), "value": words.in_language(language())})
    return facts


@sentence("refused")
def _refused(context: Context) -> Sentence:
    event = context.told.event
    act = act_title(context.data.get("act", ""))
    step = act or transition_title(event.edition, event.transition)
    reasons = context.data.get("reasons", [])
    return Sentence(
        _("Not done: %(step)s") % isolated({"step": step}),
        tone="bad",
        facts=[{"term": _("State"), "value": state_title(event.edition, event.source)}]
        if event.source
        else [],
        reasons=[_reason(context, each) for each in reasons],
        needs=next((TELLING[each["code"]] for each in reasons if _hidden(context, each)), ""),
    )


def _reason(context: Context, reason: Mapping[str, Any]) -> str:
    if _hidden(context, reason):
        return _("For a reason that you may not see at this stage.")
    parameters = dict(Reason.of_data(reason).parameters)
    if "name_digest" in context.data:
        parameters.setdefault("name", mentioned(context))
    edition = context.told.event.edition
    return told_later(reason["code"], with_titles(compiled(edition), parameters) if edition else parameters)


def _hidden(context: Context, reason: Mapping[str, Any]) -> bool:
    thing = TELLING.get(reason["code"])
    return thing is not None and not context.reader.sees(thing)


@sentence("answers_saved")
def _answers_saved(context: Context) -> Sentence:
    answers = context.data.get("answers", {})
    count = sum(len(each) for each in answers.values())
    title = ngettext("%(count)d answer was saved", "%(count)d answers were saved", count) % {"count": count}
    facts = ratings_given(context, answers) if context.reader.sees("answers") else []
    return Sentence(title, icon="pencil", facts=facts, needs="answers")


@sentence("complaint_raised")
def _complaint_raised(context: Context) -> Sentence:
    number = isolated({"number": context.data["number"]})
    return Sentence(_("Somebody raised a concern: %(number)s") % number, icon="flag", needs="trail")


@sentence("complaint_contact")
def _complaint_contact(context: Context) -> Sentence:
    return Sentence(_("Whoever raised the concern said how to reach them"), icon="user", needs="trail")


@sentence("complaint_added")
def _complaint_added(context: Context) -> Sentence:
    return Sentence(_("Whoever raised the concern added to it"), icon="pencil", needs="trail")


@sentence("complaint_file_added")
def _complaint_file_added(context: Context) -> Sentence:
    facts: list[Fact] = [{"term": _("SHA-256 of the file"), "value": context.data["sha256"], "kind": "code"}]
    return Sentence(_("A file came with what was written about the concern"), icon="file", facts=facts)


@sentence("complaint_audit_called")
def _complaint_audit_called(context: Context) -> Sentence:
    facts: list[Fact] = [{"term": _("To be filed by"), "value": context.data["due_on"], "kind": "code"}]
    return Sentence(_("Because of the concern a special audit was called for"), icon="search", facts=facts)


@sentence("answers_carried")
def _answers_carried(context: Context) -> Sentence:
    answers = context.data.get("answers", {})
    count = sum(len(each) for each in answers.values())
    title = ngettext(
        "%(count)d answer was carried over from the file before",
        "%(count)d answers were carried over from the file before",
        count,
    )
    facts = ratings_given(context, answers) if context.reader.sees("answers") else []
    return Sentence(title % {"count": count}, icon="plus", facts=facts, needs="answers")


@sentence("answers_confirmed")
def _answers_confirmed(context: Context) -> Sentence:
    criteria = context.data.get("criteria", {})
    count = sum(len(each) for each in criteria.values())
    title = ngettext(
        "%(count)d answer that was carried over was confirmed",
        "%(count)d answers that were carried over were confirmed",
        count,
    )
    return Sentence(title % {"count": count}, icon="check", needs="answers")


@sentence("scope_stated")
def _scope_stated(context: Context) -> Sentence:
    title = _("The organisation said what the certificate shall cover")
    return Sentence(title, icon="pencil", facts=_scope_facts(context), needs="answers")


@sentence("scope_set")
def _scope_set(context: Context) -> Sentence:
    title = _("What the certificate covers was written on it")
    return Sentence(title, icon="seal", facts=_scope_facts(context), needs="certificate")


@sentence("amended")
def _amended(context: Context) -> Sentence:
    title = _("An appeal was upheld: the certificate was amended, and its paper gets a new version")
    return Sentence(title, icon="seal", needs="certificate")


@sentence("judged_anew")
def _judged_anew(context: Context) -> Sentence:
    title = _("An appeal was upheld: what was agreed on since counts as judged by the decision")
    return Sentence(title, icon="pencil", needs="scores")


@sentence("scope_worded")
def _scope_worded(context: Context) -> Sentence:
    return Sentence(_("What is asked for was put into words"), icon="pencil", facts=_scope_facts(context))


@sentence("scope_change_opened")
def _scope_change_opened(context: Context) -> Sentence:
    if context.data["initiative"] == "holder":
        return Sentence(_("The organisation asked for another scope of its certificate"), icon="pencil")
    return Sentence(_("Another scope of the certificate was put forward"), icon="pencil")


def _scope_facts(context: Context) -> list[Fact]:
    scope = Scope(context.data["ar"], context.data["en"])
    if scope.whole:
        return [{"term": _("Scope of the certificate"), "value": scope_in_words(scope)}]
    return [{"term": _("In Arabic"), "value": scope.ar}, {"term": _("In English"), "value": scope.en}]


@sentence("rated")
def _rated(context: Context) -> Sentence:
    ratings = context.data.get("ratings", {})
    if not context.reader.sees("ratings"):
        return Sentence(_("Work on a review was saved"), icon="pencil", needs="ratings")
    count = sum(len(each) for each in ratings.values())
    title = ngettext("%(count)d rating was saved", "%(count)d ratings were saved", count) % {"count": count}
    return Sentence(title, icon="pencil", facts=ratings_given(context, ratings), needs="ratings")


@sentence("consensus_proposed")
def _consensus_proposed(context: Context) -> Sentence:
    words = _("A rating was proposed to agree on for “%(criterion)s”: %(rating)s")
    return _consensus(context, words, _("A rating was proposed to agree on"))


@sentence("consensus_confirmed")
def _consensus_confirmed(context: Context) -> Sentence:
    words = _("A proposed rating was agreed to for “%(criterion)s”: %(rating)s")
    return _consensus(context, words, _("A proposed rating was agreed to"))


@sentence("consensus_withdrawn")
def _consensus_withdrawn(context: Context) -> Sentence:
    words = _("A proposed rating was withdrawn for “%(criterion)s”: %(rating)s")
    return _consensus(context, words, _("A proposed rating was withdrawn"))


@sentence("consensus_reached")
def _consensus_reached(context: Context) -> Sentence:
    words = _("A rating was agreed for “%(criterion)s” and counts from now on: %(rating)s")
    return _consensus(context, words, _("A rating was agreed; it counts from now on"))


def _consensus(context: Context, words: str, for_others: str) -> Sentence:
    """What was agreed on is named to those who may see ratings; to others, that something was."""
    if not context.reader.sees("ratings"):
        return Sentence(for_others, icon="people", needs="ratings")
    data = context.data
    fact = ratings_given(context, {data["rubric"]: {data["criterion"]: data["value"]}})[0]
    rating = f"{fact['value']} ({fact['note']})" if fact.get("note") else fact["value"]
    title = words % isolated({"criterion": fact["term"], "rating": rating})
    return Sentence(title, icon="people", facts=[fact], needs="ratings")


@sentence("sample_drawn")
def _sample_drawn(context: Context) -> Sentence:
    sample = Sample.from_json(context.data["sample"])
    title = ngettext("%(count)d site was drawn", "%(count)d sites were drawn", len(sample.units))
    facts: list[Fact] = [
        {"term": _("Sites"), "value": _(", ").join(isolate(each) for each in sample.units)},
        {"term": _("Seed"), "value": sample.seed, "kind": "code"},
    ]
    return Sentence(title % {"count": len(sample.units)}, icon="search", facts=facts)


@sentence("evidence_filed")
def _evidence_filed(context: Context) -> Sentence:
    seen = context.data.get("visit") is not None
    title = _("Reviewers filed what they saw on a visit") if seen else _("Evidence was added")
    return Sentence(title, icon="file", facts=_evidence(context), needs="evidence")


@sentence("evidence_taken_back")
def _evidence_taken_back(context: Context) -> Sentence:
    return Sentence(_("Evidence was taken back"), icon="minus", facts=_evidence(context), needs="evidence")


@sentence("evidence_mismatch")
def _evidence_mismatch(context: Context) -> Sentence:
    """Somebody asked for a file, and something else lay in its place, or nothing."""
    facts = _evidence(context)
    if facts:
        found = context.data.get("found")
        lies = {"value": found, "kind": "code"} if found else {"value": _("nothing")}
        facts.append({"term": _("What lay there"), **lies})
    title = _("Evidence was not given out: it is not what was filed")
    return Sentence(title, tone="bad", icon="warning", facts=facts, needs="evidence")


@sentence("code_accepted")
def _code_accepted(context: Context) -> Sentence:
    return Sentence(_("The code of conduct was accepted"), icon="check")


@sentence("key_made")
def _key_made(context: Context) -> Sentence:
    return Sentence(_("A key that signs checkpoints was made"), icon="seal", facts=[_key(context)])


@sentence("key_retired")
def _key_retired(context: Context) -> Sentence:
    return Sentence(_("A key that signed checkpoints was retired"), icon="seal", facts=[_key(context)])


@sentence("signing_key_made")
def _signing_key_made(context: Context) -> Sentence:
    title = {
        "credential": _("A key that signs credentials was made"),
        "paper": _("A key that signs the papers of certificates was made"),
    }
    return Sentence(title[context.data["use"]], icon="seal", facts=[_key(context)])


@sentence("signing_key_retired")
def _signing_key_retired(context: Context) -> Sentence:
    title = {
        "credential": _("A key that signed credentials was retired"),
        "paper": _("A key that signed the papers of certificates was retired"),
    }
    return Sentence(title[context.data["use"]], icon="seal", facts=[_key(context)])


@sentence("webhook_made")
def _webhook_made(context: Context) -> Sentence:
    types = [_types(context)] if "types" in context.data else []
    return Sentence(_("Another site is told of what happens"), icon="globe", facts=[_host(context), *types])


@sentence("webhook_changed")
def _webhook_changed(context: Context) -> Sentence:
    return Sentence(_("What another site is told of was changed"), icon="globe", facts=[_types(context)])


@sentence("webhook_secret_changed")
def _webhook_secret_changed(context: Context) -> Sentence:
    return Sentence(_("The secret that another site checks messages with was changed"), icon="globe")


@sentence("webhook_ended")
def _webhook_ended(context: Context) -> Sentence:
    return Sentence(_("Another site is told of nothing more"), icon="globe", facts=[_host(context)])


def _types(context: Context) -> Fact:
    return {"term": _("Told of"), "value": ", ".join(context.data["types"]), "kind": "code"}


def _host(context: Context) -> Fact:
    return {"term": _("Site"), "value": context.data["host"], "kind": "code"}


@sentence("paper_made")
def _paper_made(context: Context) -> Sentence:
    data = context.data
    title = (
        _("The paper of the certificate was made and signed")
        if data["version"] == 1
        else _("A new version of the certificate's paper was made and signed")
    )
    facts: list[Fact] = [
        {"term": _("Version"), "value": str(data["version"])},
        {"term": _("Digest of the file"), "value": data["pdf"], "kind": "code"},
        {"term": _("Digest of the credential"), "value": data["credential"], "kind": "code"},
    ]
    return Sentence(title, icon="seal", facts=facts, needs="certificate")


@sentence("upkeep_opened")
def _upkeep_opened(context: Context) -> Sentence:
    data = context.data
    facts: list[Fact] = [
        {"term": _("What is asked"), "value": kind_title(data["kind"])},
        {"term": _("Called for at the latest on"), "value": data["call_on"], "kind": "code"},
        {"term": _("To be filed by"), "value": data["due_on"], "kind": "code"},
    ]
    return Sentence(_("The upkeep of the certificate was planned"), icon="clock", facts=facts)


@sentence("loss_accepted")
def _loss_accepted(context: Context) -> Sentence:
    data = context.data
    facts: list[Fact] = [
        {"term": _("Events that were signed"), "value": str(data["signed"])},
        {"term": _("Events that were here"), "value": str(data["held"])},
        {"term": _("Root that was signed"), "value": data["root"], "kind": "code"},
    ]
    title = _("It was accepted that signed events are lost")
    return Sentence(title, tone="bad", icon="warning", facts=facts)


def _key(context: Context) -> Fact:
    return {"term": _("Public key"), "value": context.data["key"], "kind": "code"}


def mentioned(context: Context) -> str:
    return called(context, "name_digest")


def called(context: Context, digest: str) -> str:
    """What the person was called whose digest the event keeps under `digest`."""
    return context.names.get(context.data.get(digest) or "", "") or _("a name that was erased by law")


def names_mentioned(contents: Iterable[Mapping[str, Any]]) -> Iterator[str | None]:
    """The digests of names that events speak of beside whoever acted."""
    for each in contents:
        data = each["data"]
        yield from (data.get(name) for name in ("name_digest", "from_name_digest"))
        for several in ("pool", "people", "members"):
            those = data.get(several)
            yield from (one.get("name_digest") for one in those) if isinstance(those, list) else ()


def _evidence(context: Context) -> list[Fact]:
    if not context.reader.sees("evidence"):
        return []
    key = (context.data.get("rubric", ""), context.data.get("criterion", ""))
    return [
        {"term": _("Criterion"), "value": _titles(context).get(key, key[1])},
        {"term": _("SHA-256 of the file"), "value": context.data.get("sha256", ""), "kind": "code"},
    ]


def ratings_given(context: Context, ratings: Mapping[str, Mapping[str, str]]) -> list[Fact]:
    titles = _titles(context)
    rubrics = compiled(context.told.event.edition).rubrics
    return [
        {"term": titles.get((rubric, criterion), criterion), **_rating(rubrics.get(rubric), value)}
        for rubric, each in ratings.items()
        for criterion, value in each.items()
    ]


def _rating(rubric: Any, value: str) -> Fact:
    if not value or rubric is None:
        return {"value": value or _("left open")}
    shown = given(rubric, value)
    return {"value": shown["rating"], "note": shown["anchor"]}


def _titles(context: Context) -> Mapping[tuple[str, str], str]:
    return criterion_titles(compiled(context.told.event.edition))


def _judged(context: Context) -> list[Fact]:
    """What the guards of a step looked at, as far as people can read it; all of it is in the event itself."""
    judged, sees = context.data.get("judged", {}), context.reader.sees
    facts = _outcomes(context, judged) if sees("scores") else []
    if sees("evidence") and "evidence_count" in judged:
        facts.append({"term": _("Pieces of evidence"), "value": judged["evidence_count"], "kind": "number"})
    for name, thing, term in (
        ("answers", "answers", _("Digest of the answers")),
        ("evidence", "evidence", _("Digest of the evidence")),
        ("ratings", "ratings", _("Digest of the ratings")),
    ):
        if name in judged and sees(thing):
            facts.append({"term": term, "value": judged[name], "kind": "code"})
    if "casting" in judged and sees_ballot(context.reader, judged.get("ballot")):
        facts.append({"term": _("Votes were equal"), "value": _("the casting vote decided")})
    return [*facts, *in_pieces(judged, context.told.event.edition, context.reader)]


def _outcomes(context: Context, judged: Mapping[str, Any]) -> list[Fact]:
    """What the sheets came to that were judged."""
    rubrics = compiled(context.told.event.edition).rubrics
    facts: list[Fact] = []
    for name, sheet in judged.items():
        rubric = rubrics.get(name.removeprefix(SHEET)) if name.startswith(SHEET) else None
        if rubric is not None:
            titles = {each.outcome: each.title.in_language(language()) for each in rubric.outcomes}
            facts.append(
                {
                    "term": rubric.title.in_language(language()),
                    "value": titles.get(sheet["outcome"], _("no outcome")),
                    "note": "" if sheet["percent"] is None else f"{sheet['percent']}%",
                }
            )
    return facts
