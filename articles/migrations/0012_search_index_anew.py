"""SQLite's full-text index made anew with the body as its first column.

Batch by batch beside the one in use, as `manage.py reindex` does: in one transaction a million articles took an hour.
"""

from django.db import migrations

from articles.search.backends import sqlite_index


def make_index_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        sqlite_index.rebuild_index(schema_editor.connection)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0011_mistake_reports")]

    operations = [migrations.RunPython(make_index_anew, migrations.RunPython.noop)]
