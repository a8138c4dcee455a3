"""Documents with people and column in fields of their own, and SQLite's full-text index over them.

Other databases have no such index, and nothing of it is in the migration state. What documents say has changed:
`manage.py reindex` writes them anew, and until then they are found by what they said before.
"""

from django.db import migrations, models

from articles.search.backends import sqlite_index


def create_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        sqlite_index.create_index(schema_editor.connection)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        sqlite_index.drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_editors")]

    operations = [
        migrations.RunPython(drop_index, create_index),
        migrations.AddField("searchdocument", "people", models.TextField("署名", blank=True, default=""), False),
        migrations.AddField("searchdocument", "column_name", models.TextField("栏目名", blank=True, default=""), False),
        migrations.RunPython(create_index, drop_index),
    ]
