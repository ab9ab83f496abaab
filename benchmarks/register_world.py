"""The demo, and beside its certificates many more like one of them, of organisations with names of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, transaction

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.lines import take_up
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.trail.protection import lifted

KINDS = (("جمعية", "Association"), ("مؤسسة", "Foundation"), ("جمعية", "Society"), ("اتحاد", "Union"))
FOR = (
    *(("التنمية", "Development"), ("رعاية الطفولة", "Childhood Care"), ("المرأة المصرية", "Women of Egypt")),
    *(("حماية البيئة", "Environment"), ("الخدمات الصحية", "Health Services"), ("الشباب", "Youth")),
    *(("تنمية المجتمع المحلي", "Community Development"), ("التعليم", "Education"), ("البر", "Charity")),
)
NAMES = (
    *(("النور", "Nour"), ("الأمل", "Amal"), ("الهدى", "Huda"), ("الرحمة", "Rahma"), ("الفجر", "Fagr")),
    *(("الوفاء", "Wafaa"), ("السلام", "Salam"), ("الإخلاص", "Ikhlas"), ("المستقبل", "Mostaqbal")),
)
PLACES = (
    *(("أسيوط", "Assiut"), ("سوهاج", "Sohag"), ("الإسكندرية", "Alexandria"), ("قنا", "Qena")),
    *(("بني سويف", "Beni Suef"), ("دمياط", "Damietta"), ("الفيوم", "Fayoum"), ("الأقصر", "Luxor")),
)
COUNTRIES = ("EG",) * 95 + ("SD", "JO", "TN", "LY", "MA")
STATES = ("active",) * 85 + ("expired",) * 7 + ("suspended",) * 4 + ("withdrawn",) * 3 + ("cancelled",)
EACH = 2
"""Certificates of one organisation."""
AT_ONCE = 5000


def build(certificates: int) -> None:
    """On an empty database. What is made beside the demo has no events: it is looked for, and nothing else."""
    call_command("migrate", verbosity=0)
    call_command("demo", no_serve=True, stdout=StringIO())
    like = Certificate.objects.select_related("dossier").order_by("number")[0]
    chance = random.Random(7)  # noqa: S311 - the same names in every run
    with lifted(connection):
        for start in range(0, certificates // EACH, AT_ONCE):
            with transaction.atomic():
                _some(like, start, min(AT_ONCE, certificates // EACH - start), chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _some(like: Certificate, start: int, count: int, chance: random.Random) -> None:
    organisations = Organisation.objects.bulk_create(
        [_organisation(number, chance) for number in range(start, start + count)]
    )
    dossiers = Dossier.objects.bulk_create(list(_dossiers(like.dossier, organisations, start)))
    new = [_certificate(like, each, number, chance) for number, each in enumerate(dossiers, start * EACH)]
    Certificate.objects.bulk_create(new)
    take_up(new, {each.pk: each for each in organisations})


def _organisation(number: int, chance: random.Random) -> Organisation:
    parts = [
        chance.choice(KINDS),
        chance.choice(NAMES),
        ("لـ", "for"),
        chance.choice(FOR),
        chance.choice(PLACES),
    ]
    return Organisation(
        name_ar=" ".join(arabic for arabic, _english in parts),
        name_en=" ".join(english for _arabic, english in parts),
        registration_number=f"R-{number:06d}",
        country=chance.choice(COUNTRIES),
    )


def _dossiers(like: Dossier, organisations: list[Organisation], start: int) -> Iterator[Dossier]:
    for place, organisation in enumerate(organisations, start):
        for turn in range(EACH):
            yield _like(like, organisation=organisation, number=f"D-{place:06d}-{turn}")


def _certificate(like: Certificate, dossier: Dossier, number: int, chance: random.Random) -> Certificate:
    holder = dossier.organisation
    return _like(
        like,
        dossier=dossier,
        number=f"C-BM-2026-{number:06d}",
        holder_ar=holder.name_ar,
        holder_en=holder.name_en,
        holder_number=holder.registration_number,
        state=chance.choice(STATES),
        deadline_at=like.deadline_at + timedelta(days=number % 900) if like.deadline_at else None,
    )


def _like(row: Any, **other: Any) -> Any:
    """A copy of `row`, with a key of its own and `other` values."""
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    new = type(row)(**values | {"id": uuid4()})
    for name, value in other.items():
        setattr(new, name, value)
    return new
