"""Indexes that lead: none of those not merged, which SQLite took for every list though nearly all rows are in it.

And SQLite's full-text index made anew with the body as its first column: about ten minutes for a million articles.
"""

from django.db import migrations, models
from django.db.models import PROTECT, SET_NULL

from articles.search.backends import sqlite_index

MERGED = {
    "article": "articles_article_merged_into_id_59af7fe8",
    "category": "articles_category_merged_into_id_97af3aac",
    "column": "articles_column_merged_into_id_1a6beeb5",
    "person": "articles_person_merged_into_id_9a4ecaf0",
}


def merged_into(model):
    return models.ForeignKey(
        f"articles.{model}",
        SET_NULL if model == "article" else PROTECT,
        verbose_name="并入",
        related_name="merged",
        null=True,
        blank=True,
        editable=model == "article",
        db_index=False,
    )


def make_index_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        sqlite_index.drop_index(schema_editor.connection)
        sqlite_index.create_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_postgresql_search")]

    operations = [
        # The index alone: Django would write all rows of SQLite's table anew for it.
        *(
            migrations.RunSQL(
                f"DROP INDEX IF EXISTS {index}",
                f"CREATE INDEX {index} ON articles_{model} (merged_into_id)",
                [migrations.AlterField(model, "merged_into", merged_into(model))],
            )
            for model, index in MERGED.items()
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="article_by_survivor"
            ),
        ),
        migrations.RunPython(make_index_anew, migrations.RunPython.noop),
    ]
