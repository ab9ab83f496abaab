"""Organisations of before have no event that says what they are called: what stands is written down once, as
found. From here on a row that no event speaks of is a problem that verify_trail names."""

from typing import Any

from django.db import migrations

SAID = ("name_ar", "name_en", "registration_number", "country", "governorate")


def put_on_record(apps: Any, schema_editor: Any) -> None:
    from accreditation_engine.trail.content import SYSTEM, Entry
    from accreditation_engine.trail.migrating import append_events

    found = apps.get_model("organisations", "Organisation").objects.order_by("pk")
    entries = [
        Entry(
            stream=each.pk,
            kind="organisation_registered",
            actor=SYSTEM,
            data={**{name: getattr(each, name) for name in SAID}, "as_found": True},
        )
        for each in found
    ]
    append_events(entries)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_letters"),
        ("trail", "0004_erasure"),
    ]

    operations = [migrations.RunPython(put_on_record, migrations.RunPython.noop)]
