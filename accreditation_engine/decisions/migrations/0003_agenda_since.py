"""Since when a dossier is on an agenda, as the events of the sitting tell it."""

import json

from django.db import migrations, models


def since_when(apps, schema_editor):
    Sitting, AgendaItem = (apps.get_model("decisions", name) for name in ("Sitting", "AgendaItem"))
    Event = apps.get_model("trail", "Event")
    for sitting in Sitting.objects.all():
        there = {}
        for event in Event.objects.filter(stream=sitting.pk, kind="sitting_planned").order_by("seq"):
            agenda = json.loads(bytes(event.body))["data"]["agenda"]
            there = {each: there.get(each, event.at) for each in agenda}
        for item in AgendaItem.objects.filter(sitting=sitting):
            item.added_at = there[str(item.dossier_id)]
            item.save(update_fields=["added_at"])


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_panel"), ("trail", "0005_numbered_checkpoints")]

    operations = [
        migrations.AddField("agendaitem", "added_at", models.DateTimeField(null=True)),
        migrations.RunPython(since_when, migrations.RunPython.noop),
        migrations.AlterField("agendaitem", "added_at", models.DateTimeField()),
    ]
