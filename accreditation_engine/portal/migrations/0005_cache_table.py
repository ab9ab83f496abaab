"""The table in which all processes of the site count together (settings.CACHES)."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", "portal_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_subscribers_as_postings")]
    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
