"""Governorates of Egypt were kept as somebody typed them; from here on they are kept by their codes. That they are
called otherwise is told by an event of each organisation. What is no governorate stays as it was typed."""

from typing import Any

from django.db import migrations

CHANGED, FIELD = "organisation_changed", "governorate"


def by_code(apps: Any, schema_editor: Any) -> None:
    from accreditation_engine.organisations.governorates import governorate_typed
    from accreditation_engine.trail.content import SYSTEM, Entry
    from accreditation_engine.trail.migrating import append_events

    organisation = apps.get_model("organisations", "Organisation")
    entries, changed = [], []
    for each in organisation.objects.filter(country="EG").exclude(governorate="").order_by("pk"):
        code = governorate_typed(each.governorate)
        if code is None or code == each.governorate:
            continue
        sides = {"before": {FIELD: each.governorate}, "after": {FIELD: code}}
        entries.append(Entry(stream=each.pk, kind=CHANGED, actor=SYSTEM, data=sides))
        each.governorate = code
        changed.append(each)
    append_events(entries)
    organisation.objects.bulk_update(changed, [FIELD], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0010_readers"),
        ("trail", "0005_numbered_checkpoints"),
    ]

    operations = [migrations.RunPython(by_code, migrations.RunPython.noop)]
