"""The index of merged articles holds those that are merged only.

Nearly all are not, and SQLite, asked for articles that are "not merged" and on these pages, read them all by that index.
The old index is dropped by itself: altering the field would write the whole table anew.
"""

import django.db.models.deletion
from django.db import migrations, models


def drop_index(apps, schema_editor):
    table = apps.get_model("articles", "Article")._meta.db_table
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_constraints(cursor, table)
    for name, index in found.items():
        if index["columns"] == ["merged_into_id"] and index["index"] and not index["unique"]:
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def create_index(apps, schema_editor):
    article = apps.get_model("articles", "Article")
    schema_editor.execute(schema_editor._create_index_sql(article, fields=[article._meta.get_field("merged_into")]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_postgresql_search")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(drop_index, create_index)],
            [
                migrations.AlterField(
                    model_name="article",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="articles.article",
                        verbose_name="并入",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="article_merged"
            ),
        ),
    ]
