import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

BEFORE = ["certificate.issued", "certificate.changed"]
"""All that addresses were told of."""


def say_what_was_told(apps, schema_editor):
    Endpoint, Delivery, Certificate = (
        apps.get_model("certificates", name) for name in ("Endpoint", "Delivery", "Certificate")
    )
    Endpoint.objects.update(types=BEFORE, looked_at=timezone.now())
    number = Certificate.objects.filter(pk=OuterRef("certificate")).values("number")
    Delivery.objects.update(
        stream=F("certificate_id"), at=F("made_at"), number=Subquery(number), type=BEFORE[1]
    )
    Delivery.objects.filter(seq=1).update(type=BEFORE[0])


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0007_signatures_kept'),
        ('organisations', '0009_api_tokens'),
    ]

    operations = [
        migrations.AddField('endpoint', 'types', models.JSONField(default=list), preserve_default=False),
        migrations.AddField('endpoint', 'looked_at', models.DateTimeField(default=timezone.now), preserve_default=False),
        migrations.AddField(
            'endpoint',
            'organisation',
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='organisations.organisation'),
        ),
        migrations.AddField('endpoint', 'secret_number', models.PositiveSmallIntegerField(default=0)),
        migrations.AddField('endpoint', 'secret_changed_at', models.DateTimeField(null=True)),
        migrations.AddField('delivery', 'type', models.CharField(default='', max_length=40), preserve_default=False),
        migrations.AddField('delivery', 'stream', models.UUIDField(null=True)),
        migrations.AddField('delivery', 'number', models.CharField(default='', max_length=40), preserve_default=False),
        migrations.AddField('delivery', 'at', models.DateTimeField(default=timezone.now), preserve_default=False),
        migrations.RunPython(say_what_was_told, migrations.RunPython.noop),
    ]
