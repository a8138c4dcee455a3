"""PostgreSQL's index over the search documents. Other databases lack it, and nothing of it is in the migration state."""

from django.db import migrations

from articles.search.backends import postgresql_index


def create_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        postgresql_index.create_index(schema_editor.connection)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        postgresql_index.drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_search_fields")]

    operations = [migrations.RunPython(create_index, drop_index)]
