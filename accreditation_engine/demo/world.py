"""The small invented world of the demo: organisations, and how far the file of each has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.domain import engage, join
from accreditation_engine.organisations.models import Organisation, Standing, User
from accreditation_engine.organisations.registering import register_organisation
from accreditation_engine.organisations.sectors import Sector, Written

from .autopilot import Criterion, Play
from .cast import Cast, seed_person

SCHEME = "institutional-commitment"
READER = ("reader", "سارة فهمي")
"""Who reads for the first organisation and changes nothing: address and name."""
TOO_FAR_APART = 4  # the place in the rubric of the criterion on which reviewers cannot leave it at a mean


@dataclass(frozen=True)
class Member:
    """An invented organisation: `level` is how well it does (0 to 1), `until` the state in which its file is
    left for the visitor to go on with, `asked` how many reviewers the coordinator asks for it beforehand, `sector`
    what it works on."""

    key: str
    name_ar: str
    name_en: str
    governorate: str
    person: str
    level: float
    until: str = ""
    asked: int = 2
    sector: Sector = Sector.DEVELOPMENT


PROTAGONIST = Member(
    "noor", "جمعية نور النيل للتنمية", "Nour El-Nil Development Association", "أسيوط", "منى حسن", 0.93
)
OTHERS = (
    Member(
        "amal",
        "مؤسسة أمل للتعليم المجتمعي",
        "Amal Community Education Foundation",
        "المنيا",
        "أحمد صبري",
        0.7,
        "draft",
        sector=Sector.EDUCATION,
    ),
    Member(
        "rahma",
        "جمعية رحمة لرعاية المسنين",
        "Rahma Elderly Care Association",
        "الفيوم",
        "دعاء إبراهيم",
        0.75,
        "screening",
        sector=Sector.SOCIAL,
    ),
    Member(
        "bahr",
        "جمعية بحر وشجر للبيئة",
        "Sea and Tree Environment Association",
        "الإسكندرية",
        "خالد مراد",
        0.8,
        "in_review",
        asked=1,
        sector=Sector.ENVIRONMENT,
    ),
    Member(
        "khatwa",
        "مؤسسة خطوة لتمكين المرأة",
        "Khatwa Women's Empowerment Foundation",
        "القاهرة",
        "شيماء لطفي",
        0.85,
        "reviewed",
        sector=Sector.ADVOCACY,
    ),
    Member(
        "sanad",
        "جمعية سند لذوي الإعاقة",
        "Sanad Association for Persons with Disabilities",
        "سوهاج",
        "محمود عاشور",
        0.88,
        "deciding",
        sector=Sector.SOCIAL,
    ),
    Member(
        "zad",
        "مؤسسة زاد للأمن الغذائي",
        "Zad Food Security Foundation",
        "قنا",
        "إيمان الطيب",
        0.2,
    ),
    Member(
        "wasl",
        "جمعية وصل للشباب",
        "Wasl Youth Association",
        "بورسعيد",
        "عمر الحداد",
        0.68,
        sector=Sector.CULTURE,
    ),
    Member(
        "waha",
        "جمعية الواحة للصحة المجتمعية",
        "Al-Waha Community Health Association",
        "مطروح",
        "هالة منير",
        0.82,
        "in_review",
        asked=0,
        sector=Sector.HEALTH,
    ),
)
SUSPENDED = next(each for each in OTHERS if each.key == "wasl")
"""Whose certificate is suspended in the end, since nothing was filed in time to keep it."""


def seed_member(member: Member, password: str | None) -> tuple[Organisation, User]:
    """The organisation and its person, made where they are missing."""
    number = registration(member)
    organisation = Organisation.objects.filter(registration_number=number).first() or register_organisation(
        name_ar=member.name_ar,
        name_en=member.name_en,
        registration_number=number,
        governorate=member.governorate,
        sector=member.sector.value,
        language=Written.ARABIC.value,
        by=SYSTEM,
    )
    person = seed_person("applicant" if member is PROTAGONIST else member.key, member.person, password)
    join(organisation=organisation, user=person, by=SYSTEM)
    if member is PROTAGONIST:
        join(
            organisation=organisation,
            user=seed_person(*READER, password),
            by=SYSTEM,
            standing=Standing.READER,
        )
    return organisation, person


def seed_coaching(cast: Cast, organisation: Organisation) -> None:
    """The coach works with this organisation, and so may never judge it."""
    began_on = timezone.localdate() - timedelta(days=200)
    engage(coach=cast.playing("coach")[0], organisation=organisation, began_on=began_on, by=SYSTEM)


def has_file(member: Member) -> bool:
    return Dossier.objects.filter(
        organisation__registration_number=registration(member), scheme=SCHEME
    ).exists()


def registration(member: Member) -> str:
    return f"DEMO-{[PROTAGONIST, *OTHERS].index(member) + 1:04d}"


def file_of(member: Member, cast: Cast, password: str | None) -> Play:
    """The member's file with those who act in it; opened where there is none."""
    organisation, person = seed_member(member, password)
    dossier = Dossier.objects.filter(organisation=organisation, scheme=SCHEME).order_by("opened_at").first()
    if dossier is None:
        dossier = open_dossier(organisation=organisation, scheme=SCHEME, by=person)
    rubrics = compiled(dossier.edition_id).asked.values()
    ratings = {key: value for rubric in rubrics for key, value in invented_ratings(rubric, member.level)}
    second = {key: value for rubric in rubrics for key, value in _second_opinion(rubric, member.level)}
    comment = "بيانات تجريبية لا تخص منظمة حقيقية"
    return Play(dossier, cast, person, ratings, second, comment, member.asked)


def invented_ratings(rubric: Rubric, level: float) -> Iterator[tuple[Criterion, str]]:
    """Ratings around `level` of the scale, higher and lower by turns."""
    low, high = int(rubric.scale.minimum), int(rubric.scale.maximum)
    for index, criterion in enumerate(rubric.every_criterion()):
        wave = (-0.15, 0.05, 0.1, 0.0, 0.15)[index % 5]
        value = round(low + (high - low) * min(1.0, max(0.0, level + wave)))
        yield (rubric.id, criterion.id), str(value)


def _second_opinion(rubric: Rubric, level: float) -> Iterator[tuple[Criterion, str]]:
    """Two honest reviewers do not agree on everything: on every seventh criterion one step lower, and on one so
    much lower that they have to agree on a rating, where the rubric asks that of them."""
    for index, (key, value) in enumerate(invented_ratings(rubric, level)):
        lower = _steps_lower(rubric, index)
        if lower and int(value) - lower > 1:
            yield key, str(int(value) - lower)


def _steps_lower(rubric: Rubric, index: int) -> int:
    if index == TOO_FAR_APART and rubric.reconcile_above is not None:
        return int(rubric.reconcile_above) + 1
    return int(index % 7 == 3)
