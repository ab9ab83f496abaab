from django.db import migrations, models

import accreditation_engine.dossiers.lots


def draw(apps, schema_editor):
    """Every dossier that is there draws its own; the column's default is one for all."""
    dossiers = apps.get_model("dossiers", "Dossier").objects.only("pk")
    drawn = []
    for dossier in dossiers.iterator(1000):
        dossier.lot = accreditation_engine.dossiers.lots.new_lot()
        drawn.append(dossier)
    apps.get_model("dossiers", "Dossier").objects.bulk_update(drawn, ["lot"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_erasure"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="lot",
            field=models.BigIntegerField(default=accreditation_engine.dossiers.lots.new_lot, editable=False),
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
