import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_lot"),
        ("reviews", "0007_interests"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="handed_over_from",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_over_to",
                to="reviews.assignment",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="origin",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned"),
                    ("claimed", "Claimed"),
                    ("drawn", "Drawn"),
                    ("handed_over", "Handed Over"),
                ],
                db_default="assigned",
                default="assigned",
                max_length=12,
            ),
        ),
    ]
