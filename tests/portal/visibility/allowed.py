"""Who may read each mark of the file: whom the state shows it, and whose own it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accreditation_engine.dossiers.queries import READERS
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.visibility import visible

from .planted import AGREED, GIVEN, WITHDRAWN, Planted, mark


@dataclass(frozen=True)
class Onlooker:
    """`who` is what somebody is to the file, `roles` those that are open to them, `things` what its state shows
    these."""

    who: str
    roles: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()

    def sees(self, *things: str) -> bool:
        return not self.things.isdisjoint(things)

    def plays(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


Allows = Callable[[Onlooker], bool]


AS = {"reader of the organisation": "applicant"}
"""Who reads what somebody else does."""


def onlooker(planted: Planted, who: str) -> Onlooker:
    if who not in planted.people:
        return Onlooker(who)
    parts = parts_in(planted.people[who], planted.dossier)
    things = set(visible(planted.dossier, parts.open))
    if "finding" not in visible(planted.finding, parts.open):
        things.discard("findings")
    elif "report" in things or "applicant" in parts.open:  # its appeal was decided: it keeps the report (029)
        things.add("report:findings")
    return Onlooker(AS.get(who, who), parts.open, parts.known, frozenset(things))


def shown(*things: str, to: Iterable[str] = (), roles: Iterable[str] = ()) -> Allows:
    """To those to whom the state shows one of `things`, who play one of `roles`, or are among `to`, always."""
    always, parts = frozenset(to), tuple(roles)
    return lambda each: each.sees(*things) or each.plays(*parts) or each.who in always


def own(who: str, *things: str) -> Allows:
    """To whoever sees `things`, and to the reviewer `who`, of their own."""
    return lambda each: each.sees(*things) or (each.who == who and each.sees("own_ratings"))


def to_its_readers(each: Onlooker) -> bool:
    return not each.known.isdisjoint(READERS) or each.who == "administrator"


def both(*things: str) -> Allows:
    return lambda each: all(each.sees(thing) for thing in things)


FOR_NOBODY = frozenset(map(mark, ("TakenBackContent", "NoteA", "NoteB", "NoteReleased", "Secret")))
"""What is given out no more, or to its author alone, or is not there but in one test."""
SCOPE = ("ScopeAr", "ScopeEn")
NAMES = ("trail", "votes", "votes:who", "votes:1", "votes:2", "votes:3")
INTERESTS = {"roles": ("coordinator",), "to": ("administrator",)}


def rules(planted: Planted, scores: Iterable[str]) -> dict[str, Allows]:
    """Who may read each mark."""
    return {
        **{mark(each): to_its_readers for each in ("OrganisationAr", "OrganisationEn", "OrganisationNumber")},
        planted.dossier.number: to_its_readers,
        **dict.fromkeys((mark("Answer"), *GIVEN["answers"]), shown("answers", to=["applicant"])),
        **dict.fromkeys(map(mark, SCOPE), shown("answers", "decision", to=["applicant"])),
        **_evidence(),
        **_ratings(),
        **dict.fromkeys(scores, shown("scores")),
        **_findings(),
        **_questions(),
        **_report(),
        **_visits(),
        **_decisions(),
        **_comments(),
        **_people(planted),
    }


def _evidence() -> dict[str, Allows]:
    filed = shown("evidence", to=["applicant"])
    corrected = shown("evidence", "findings", to=["applicant"])
    return {
        **dict.fromkeys((mark("EvidenceName"), mark("EvidenceContent")), filed),
        mark("TakenBackName"): filed,
        mark("TakenBackContent"): shown(),
        **dict.fromkeys((mark("CorrectionName"), mark("CorrectionContent")), corrected),
    }


def _ratings() -> dict[str, Allows]:
    """A note is read by whoever wrote it, ratings that somebody gave up by nobody but who reads the trail."""
    apart = {
        GIVEN[each][0]: own(f"reviewer {each[-1]}", "ratings", "consensus")
        for each in ("ratings-a", "ratings-b")
    }
    given: dict[str, Allows] = {}
    for each in ("a", "b"):
        given |= dict.fromkeys(GIVEN[f"ratings-{each}"], own(f"reviewer {each}", "ratings"))
        given[mark(f"Note{each.upper()}")] = own(f"reviewer {each}")
    given |= dict.fromkeys(GIVEN["ratings-released"], both("ratings", "trail"))
    given[mark("NoteReleased")] = shown()
    reasons = [mark(each) for each in ("ProposalReason", "ProposalWithdrawn", "AgreedReason", "Consent")]
    return {**given, **apart, **dict.fromkeys([AGREED, WITHDRAWN, *reasons], shown("consensus", "ratings"))}


def _questions() -> dict[str, Allows]:
    said = ("Question", "Reply", "SecondQuestion", "QuestionWithdrawn")
    filed = shown("evidence", "questions", to=["applicant"])
    return {
        **dict.fromkeys(map(mark, said), shown("questions")),
        **dict.fromkeys((mark("ReplyName"), mark("ReplyContent")), filed),
    }


def _report() -> dict[str, Allows]:
    filed = shown("evidence", "report", to=["applicant"])
    """The organisation keeps its points, with their answers."""
    return {
        **dict.fromkeys(map(mark, ("Contest", "ContestAnswer")), shown("report", to=["applicant"])),
        **dict.fromkeys((mark("ContestName"), mark("ContestContent")), filed),
    }


def _visits() -> dict[str, Allows]:
    """What is arranged is for both sides and whoever sees ratings; what those who went think, for them and whoever
    sees ratings (decision 031)."""
    arranged = shown("trail", "ratings", roles=("coordinator", "applicant"), to=["reviewer a"])
    thought = shown("ratings", to=["reviewer a"])
    return {
        **dict.fromkeys(map(mark, ("VisitPlace", "VisitAgenda", "VisitMet")), arranged),
        **dict.fromkeys((mark("VisitReport"), mark("VisitNote")), thought),
    }


def _findings() -> dict[str, Allows]:
    """A report says what was found; what became of it stands with the finding."""
    told = dict.fromkeys(map(mark, ("FindingAnswer", "FindingVerified")), shown("findings"))
    return {mark("FindingText"): shown("findings", "report:findings"), **told}


def _decisions() -> dict[str, Allows]:
    """Ballots are numbered; those that are over stay as they are while the next one is secret."""
    found = {mark("Certified"): shown("decision", "trail", "votes:3")}  # once another ballot has followed
    found[mark("Refusal")] = shown("decision", "trail", "votes", "votes:1")
    found[mark("Upheld")] = shown(
        "decision", "trail", "votes", "votes:2", to=["applicant"]
    )  # it is its appeal
    cast = {"VoteRefuse": 1, "VoteUphold": 2, "VoteCertify": 3, "Dissent": 1}
    return {
        **found,
        **{mark(name): shown("votes", f"votes:{number}") for name, number in cast.items()},
        mark("Minutes"): shown(
            "votes", "votes:1", to=["panel c"], roles=["coordinator"]
        ),  # who leads writes them
        mark("Secret"): shown(to=["panel"]),
        mark("Recusal"): shown("trail", to=["panel recused"], roles=["coordinator"]),
        **dict.fromkeys(map(mark, ("SittingAr", "SittingEn", "SittingPlace")), _sitting),
    }


def _sitting(each: Onlooker) -> bool:
    """Who sits, who calls it, and who audits."""
    return each.plays("coordinator", "panel", "appeal_panel", "chair", "auditor") or each.who in (
        "panel recused",
        "panel barred",
        "reviewer released",  # who coordinates the other files of the sitting
    )


def _comments() -> dict[str, Allows]:
    """What was said with steps is read in the trail, and with those of a certificate on its page."""
    said = ("Returned", "Request", "Release", "Announced")
    return {
        **dict.fromkeys(map(mark, said), shown("trail")),
        **dict.fromkeys(map(mark, ("Suspension", "Reinstatement")), _keeps_up),
        **dict.fromkeys((mark("UpkeepReason"), mark("UpkeepFiled"), mark("UpkeepFile")), _keeps_up),
        **dict.fromkeys(map(mark, ("ScopeReason", "ScopePassed", "WantedAr", "WantedEn")), _keeps_up),
        mark("Appeal"): shown("trail", "decision", to=["applicant"]),
        mark("TieReason"): shown("trail", roles=("coordinator", "applicant")),
        mark("OverrideReason"): shown("trail", **INTERESTS),
    }


def _keeps_up(each: Onlooker) -> bool:
    """Who sees the decision, and whom the states of the certificate and of its upkeep show it."""
    parts = ("applicant", "coordinator", "panel", "appeal_panel", "auditor")
    return each.sees("trail") or (each.sees("decision") and each.plays(*parts))


def _people(planted: Planted) -> dict[str, Allows]:
    """People are called by name to those who read the trail or the votes; reviewers to coordinators, who ask them,
    those who review now to the organisation that may object to them, and beside what they gave. Everybody knows
    who they are themselves."""
    found: dict[str, Allows] = {}
    for who, user in planted.people.items():
        found[user.name] = shown(*NAMES, to=[AS.get(who, who)])
    reviewing = compiled(planted.dossier.edition_id).workflow.reviewing
    objects = ["applicant"] if reviewing and reviewing.objection else []
    for who in ("reviewer a", "reviewer b", "reviewer released", "reviewer elsewhere"):
        told = objects if who in ("reviewer a", "reviewer b") else []
        to = (
            [who, "member elsewhere"] if objects and who == "reviewer elsewhere" else [who]
        )  # of their own file
        found[planted.people[who].name] = shown(*NAMES, "ratings", to=to, roles=["coordinator", *told])
    found[mark("Applicant")] = found[mark("OnlyReads")] = (
        to_its_readers  # who acts for an organisation is known with it
    )
    found[mark("Barred")] = shown(
        *NAMES, to=["panel barred", "administrator"], roles=["coordinator", "applicant"]
    )
    return found


PUBLIC = frozenset(
    {
        "register",
        "register_entry",
        "register_organisation",
        "register_export",
        "complain",
        "registered_certificate",
    }
)
"""Who holds a certificate is for everybody to know."""
ISSUED = frozenset({*PUBLIC, "audit", "audit_event", "audit_export"})
"""What it was granted for stands in the certificate and in the event that issued it."""
OVER_SCHEMES = frozenset({"scheme_agreement", "scheme_what_if"})
"""What reviewers gave in all files of a scheme that were decided, for those who watch over it (decision 009)."""
VISITING = frozenset({"visits", "visit", "mail"})
"""Whoever comes to see an organisation has a name there (decision 031)."""
SITTING = frozenset(
    {"sitting", "change_sitting", "attendance", "close_sitting", "cancel_sitting", "minutes_pdf"}
)
MEMBERS = ("PanelA", "PanelB", "PanelC", "AppealA", "AppealB")
"""Whoever is convened reads who sits beside them, and of a file that is closed to them its number."""
DESK = frozenset({"audit", "audit_event", "audit_export", "audit_looks"})
ELSEWHERE = {
    "applicant": DESK,
    "former member": DESK,
    "panel b": DESK,
    "reviewer released": DESK | {"reviewers", "reviewer", "season", "new_sitting", "change_sitting"},
}
"""Whoever watches over other files reads there who is at the site, and which organisations."""
GIVING = frozenset({"roles", "role", "give_role"})
"""Whoever gives roles reads who has which (decision 036)."""
HELPING = frozenset({"lost_devices", "lost_device"})
"""Whoever lost a device asks them (decision 034)."""
ERASING = frozenset({"erase_in_file", "erase_of_person"})
"""Whoever erases by law reads what they erase; it is written down that they did."""


@dataclass(frozen=True)
class Everywhere:
    """What a page tells whatever the state of the file is."""

    planted: Planted
    score: str

    def shows(self, page: str, seen: Onlooker, found: str) -> bool:
        named = {mark(each) for each in ("OrganisationAr", "OrganisationEn", "OrganisationNumber")}
        granted = {self.score, *map(mark, SCOPE)}
        if (page in PUBLIC and found in named) or (page in ISSUED and found in granted):
            return True
        if page in ELSEWHERE.get(seen.who, ()):
            return found in {*named, *(each.name for each in self.planted.people.values())}
        if page in VISITING and found == mark("ReviewerA"):
            return seen.plays("applicant")
        if page in SITTING and found in (self.planted.dossier.number, *map(mark, MEMBERS)):
            return _sitting(seen)
        if page in OVER_SCHEMES:
            return found in self._of_reviews()
        if seen.plays("administrator") or seen.who == "administrator":
            if page in GIVING | HELPING | {"audit_looks"}:
                return found in {each.name for each in self.planted.people.values()}
            return page in ERASING or found in map(mark, ("Auditor", "AuditorElsewhere", "Coordinator"))
        return False

    def _of_reviews(self) -> set[str]:
        names = {mark("ReviewerA"), mark("ReviewerB"), self.score}
        return names.union(*(GIVEN[each] for each in ("ratings-a", "ratings-b")))
