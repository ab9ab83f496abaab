"""What stood at a moment in words, part by part, as far as the reader may see each part today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.decisions.replay import BALLOTS, VOTES
from accreditation_engine.decisions.words import choice_title
from accreditation_engine.dossiers.models import Answer, Evidence
from accreditation_engine.dossiers.replay import ANSWERS, EVIDENCE
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.replay.comparing import digest_as_kept
from accreditation_engine.engine.replay.picture import NOT_TOLD, Key, Picture, Row
from accreditation_engine.engine.replay.states import OPENING, STATE
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.complaints.form import about_in_words
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.panel.sealed import sees_ballot
from accreditation_engine.reviews.replay import ASSIGNMENTS, RATINGS, SAMPLES
from accreditation_engine.reviews.replay_consensus import AGREED, PROPOSALS
from accreditation_engine.reviews.replay_findings import OWNER
from accreditation_engine.reviews.site_visits.replay import VISITS
from accreditation_engine.reviews.site_visits.words import visit_kind_title
from accreditation_engine.reviews.words import severity_title
from accreditation_engine.scoring.sampling import Sample

from .as_of_tables import Cell, Sight, table

Part = dict[str, Any]
SHOWN_OF_A_DIGEST = 12  # characters; all of it stands in the event


def parts_of(sight: Sight) -> list[Part]:
    """The parts in which anything stood, those first of which the event in sight speaks. Two queries at most:
    answers and evidence of today, for texts that have not changed since."""
    sees, found = sight.reader.sees, [_reviewers(sight)]
    if sees("answers"):
        found.append(_answers(sight))
    if sees("evidence"):
        found.append(_evidence(sight))
    if sees("ratings"):
        found += [_ratings(sight), _consensus(sight)]
    if sight.reader.reads_draws:
        found += [_samples(sight), _visits(sight)]
    if sees("findings"):
        found.append(_findings(sight))
    found.append(_votes(sight))
    found += [_certificates(sight), _concerns(sight)]
    return sorted((each for each in found if each["count"]), key=lambda each: not each["changed"])


def _answers(sight: Sight) -> Part:
    today = {
        (each.rubric, each.criterion): (digest_as_kept(each.narrative_salt, each.narrative), each.narrative)
        for each in Answer.objects.filter(dossier=sight.reader.dossier)
    }
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": sight.criterion(*key)},
            sight.rating(key[0], row["rating"].value),
            {"value": _text(row["narrative"].value, *today.get(key, (None, "")), _is_erased(sight, key))},
        )
        for key, row in sight.own.rows(ANSWERS).items()
    ]
    return table(_("Answers"), (_("Criterion"), _("Rating"), _("Narrative")), rows)


def _is_erased(sight: Sight, key: Key) -> bool:
    """By the event in sight or before it; what was erased later has another digest today."""
    return bool(sight.own.value(ANSWERS, key, "narrative_erased_at"))


def _text(told: Any, kept: str | None, text: str, erased: bool) -> str:
    """A text of then: itself where it still stands, else why it cannot be read."""
    if told is NOT_TOLD:
        return _("not in the trail")
    if told and told == kept:
        return text
    if told:
        return _("rewritten or erased since; its digest is in the trail")
    return _("erased by law") if erased else ""


def _evidence(sight: Sight) -> Part:
    today = {
        digest_as_kept(each.name_salt, each.name): each.name
        for each in Evidence.objects.filter(dossier=sight.reader.dossier)
        if each.name
    }
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": sight.criterion(key[0], key[1])},
            {"value": today.get(row["name"].value, ""), "note": f"{key[2][:SHOWN_OF_A_DIGEST]}…"},
            _standing_of(row),
        )
        for key, row in sight.own.rows(EVIDENCE).items()
    ]
    return table(_("Evidence"), (_("Criterion"), _("File and its SHA-256"), _("State")), rows)


def _standing_of(row: Row) -> Cell:
    if row["content_erased_at"].value:
        return {"value": _("erased by law")}
    return {"value": _("taken back") if row["taken_back_at"].value else _("in evidence")}


def _reviewers(sight: Sight) -> Part:
    assignments = sight.own.rows(ASSIGNMENTS)
    handed_over = {row["handed_over_from"].value for row in assignments.values()}
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": sight.name(row)},
            {"value": row["assigned_at"].value, "kind": "moment"},
            _review_of(row, handed_over=key in handed_over),
            _due(row),
        )
        for key, row in assignments.items()
    ]
    return table(_("Reviewers"), (_("Reviewer"), _("Asked on"), _("Review"), _("Due")), rows)


def _due(row: Row) -> Cell:
    due = row["due_at"].value
    return {"value": None if due is NOT_TOLD else due, "kind": "day"}


def _review_of(row: Row, *, handed_over: bool) -> Cell:
    if row["released_at"].value:
        return {"value": _("handed over") if handed_over else _("given back")}
    return {"value": _("sent") if row["sent_at"].value else _("being written")}


def _ratings(sight: Sight) -> Part:
    assignments = sight.own.rows(ASSIGNMENTS)
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": sight.criterion(rubric, criterion)},
            {"value": sight.name(assignments.get((reviewer, which), {}))},
            {
                **sight.rating(rubric, row["value"].value),
                **({"note": _("with a note")} if _has_text(row["note"].value) else {}),
            },
        )
        for (reviewer, which, rubric, criterion), row in sight.own.rows(RATINGS).items()
    ]
    return table(_("Ratings"), (_("Criterion"), _("Reviewer"), _("Rating")), rows)


def _has_text(told: Any) -> bool:
    return told is not NOT_TOLD and bool(told)


def _consensus(sight: Sight) -> Part:
    agreed = sight.own.rows(AGREED)
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            {**row, **agreed.get(key, {})},
            {"value": sight.criterion(row["rubric"].value, row["criterion"].value)},
            sight.rating(row["rubric"].value, row["value"].value),
            {"value": sight.name(row)},
            {
                "value": _("agreed")
                if key in agreed
                else _("no longer")
                if row["closed_at"].value
                else _("proposed")
            },
        )
        for key, row in sight.own.rows(PROPOSALS).items()
    ]
    columns = (_("Criterion"), _("Rating"), _("Proposed by"), _("State"))
    return table(_("Consensus"), columns, rows)


def _samples(sight: Sight) -> Part:
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": row["drawn_at"].value, "kind": "moment"},
            {"value": len(Sample.from_json(row["sample"].value).units), "kind": "number"},
        )
        for row in sight.own.rows(SAMPLES).values()
    ]
    return table(_("Visit sample"), (_("Drawn on"), _("Sites")), rows)


def _visits(sight: Sight) -> Part:
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": visit_kind_title(row["kind"].value), "note": row["unit"].value},
            {"value": row["begins_at"].value, "kind": "moment"},
            _visit_standing(row),
        )
        for row in sight.own.rows(VISITS).values()
    ]
    return table(_("Visits"), (_("Kind of visit"), _("When"), _("State")), rows)


def _visit_standing(row: Row) -> Cell:
    standing = {
        "cancelled_at": _("visit cancelled"),
        "closed_at": _("visit closed"),
        "held_at": _("visit held"),
        "asked_seq": _("another date is asked for"),
        "confirmed_at": _("visit confirmed"),
    }
    return {
        "value": next((words for name, words in standing.items() if row[name].value), _("not confirmed yet"))
    }


def _findings(sight: Sight) -> Part:
    rows = []
    for stream, picture in _of(sight, "severity"):
        opening, state = picture.rows(OPENING)[()], picture.rows(STATE)[()]
        owner = picture.rows(OWNER)[()]
        rows.append(
            sight.row(
                stream,
                {**state, **owner},
                {"value": sight.criterion(opening["rubric"].value, opening["criterion"].value)},
                {"value": severity_title(opening["severity"].value)},
                {"value": state_title(state["edition"].value, state["state"].value)},
                {"value": sight.name(owner) if owner["owner"].value else ""},
            )
        )
    return table(_("Findings"), (_("Criterion"), _("Severity"), _("State"), _("Who sees to it")), rows)


def _votes(sight: Sight) -> Part:
    """Those of ballots of which the reader may know how it was voted, by now."""
    edition = sight.scheme.edition
    rows = [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": sight.name(row)},
            {"value": choice_title(edition, row["choice"].value)},
            {"value": row["ballot"].value, "kind": "number"},
        )
        for row in sight.own.rows(VOTES).values()
        if sees_ballot(sight.reader, row["ballot"].value)
    ]
    rows += [
        sight.row(
            sight.reader.dossier.pk,
            row,
            {"value": _("Nobody has voted yet")},
            {"value": ""},
            {"value": number, "kind": "number"},
        )
        for (number,), row in sight.own.rows(BALLOTS).items()
        if sees_ballot(sight.reader, number)
        and all(vote["ballot"].value != number for vote in sight.own.rows(VOTES).values())
    ]
    return table(_("Votes"), (_("Member"), _("Vote"), _("Ballot")), rows)


def _certificates(sight: Sight) -> Part:
    rows = []
    for stream, picture in _of(sight, "decided_seq"):
        opening, state = picture.rows(OPENING)[()], picture.rows(STATE)[()]
        rows.append(
            sight.row(
                stream,
                state,
                {"value": opening["number"].value},
                {"value": _outcome(sight, opening)},
                {"value": state_title(state["edition"].value, state["state"].value)},
            )
        )
    return table(_("Certificates"), (_("Number"), _("Outcome"), _("State")), rows)


def _concerns(sight: Sight) -> Part:
    rows = []
    for stream, picture in _of(sight, "receipt"):
        opening, state = picture.rows(OPENING)[()], picture.rows(STATE)[()]
        about = opening["about"].value
        rows.append(
            sight.row(
                stream,
                state,
                {"value": opening["number"].value, "kind": "code"},
                {"value": about_in_words(sight.reader.dossier, about) if about else ""},
                {"value": state_title(state["edition"].value, state["state"].value)},
            )
        )
    columns = (_("Number"), _("Principle of the code of conduct"), _("State"))
    return table(_("Concerns"), columns, rows)


def _outcome(sight: Sight, opening: Row) -> str:
    rubric = sight.scheme.rubrics.get(opening["rubric"].value)
    titles = {each.outcome: each.title.in_language(language()) for each in rubric.outcomes} if rubric else {}
    return titles.get(opening["outcome"].value, opening["outcome"].value)


def _of(sight: Sight, mark: str) -> Iterator[tuple[Any, Picture]]:
    """The pictures of subjects that were opened with a value of that name."""
    for stream, picture in sight.pictures.items():
        if mark in picture.rows(OPENING).get((), {}):
            yield stream, picture


def standing(sight: Sight) -> list[dict[str, Any]]:
    """Where the file stood, for facts.html."""
    row, file = sight.own.rows(STATE)[()], sight.own.rows("dossier")[()]
    scheme = compiled(row["edition"].value)
    state = scheme.workflow.states[row["state"].value]
    facts = [
        ("entered_at", {"term": _("State"), "value": state_title(scheme.edition, row["state"].value)}),
        ("entered_at", {"term": _("Since"), "value": row["entered_at"].value, "kind": "moment"}),
        ("entered_at", {"term": _("It waited for"), "value": _waited_for(state.waits_for)}),
        ("deadline_at", _deadline(row["deadline_at"].value)),
        ("entered_at", {"term": _("Edition"), "value": scheme.workflow.edition}),
    ]
    more = [
        ("opened_at", {"term": _("Opened by"), "value": sight.name(file, "opened_by")}),
        ("code_accepted_at", _code(file["code_accepted_at"].value)),
    ]
    if sight.reader.sees("answers"):
        more.append(("scope_ar", _scope(file)))
    told = [(row[name].seq, fact) for name, fact in facts] + [(file[name].seq, fact) for name, fact in more]
    return [_marked(sight, seq, fact) for seq, fact in told]


def _waited_for(role: str | None) -> str:
    return role_title(role) if role else _("nobody")


def _deadline(value: Any) -> dict[str, Any]:
    if value is NOT_TOLD or value is None:
        return {
            "term": _("Deadline then"),
            "value": _("no deadline") if value is None else _("not in the trail"),
        }
    return {"term": _("Deadline then"), "value": value, "kind": "moment"}


def _scope(file: Row) -> dict[str, Any]:
    scope = Scope(file["scope_ar"].value, file["scope_en"].value)
    return {"term": _("Scope of the certificate"), "value": scope_in_words(scope)}


def _code(value: Any) -> dict[str, Any]:
    term = _("Code of conduct")
    if value is None:
        return {"term": term, "value": _("not accepted yet")}
    return {"term": term, "value": value, "kind": "moment"}


def _marked(sight: Sight, seq: int, fact: dict[str, Any]) -> dict[str, Any]:
    if not sight.changed(sight.reader.dossier.pk, seq):
        return fact
    return {**fact, "note": _("By this event")}
