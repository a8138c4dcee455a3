"""The full-text index of SQLite. Other databases need none: nothing of it is in the migration state."""

from django.db import migrations

from articles.search.backends import sqlite_index


def create_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        sqlite_index.create_index(schema_editor.connection)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        sqlite_index.drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index)]
