from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the one before: PostgreSQL changes no table in the transaction that has changed its rows."""

    dependencies = [
        ('certificates', '0008_webhook_topics'),
    ]

    operations = [
        migrations.RemoveConstraint('delivery', 'certificates_webhook_told_once'),
        migrations.RemoveField('delivery', 'certificate'),
        migrations.AlterField('delivery', 'stream', models.UUIDField()),
        migrations.AddIndex('delivery', models.Index(fields=['endpoint', 'at'], name='certificates_webhook_at')),
        migrations.AddConstraint(
            'delivery',
            models.UniqueConstraint(fields=('endpoint', 'stream', 'seq'), name='certificates_webhook_told_once'),
        ),
    ]
