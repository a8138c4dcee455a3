"""Articles by keyword, and indexes that count articles without reading them."""

import django.db.models.deletion
from django.db import migrations, models

from articles.triggers import keywords

MERGED = ("article", "category", "column", "person")
SEEN_BY = ["reviewed", "state", "gone", "merged_into", "issue"]


def fill(apps, schema_editor):
    keywords.create_triggers(schema_editor.connection)
    keywords.fill(schema_editor.connection)


def drop_triggers(apps, schema_editor):
    keywords.drop_triggers(schema_editor.connection)


def drop_indexes(apps, schema_editor):
    """Those of merged_into: nothing is looked for in them but NULL, which nearly all rows have."""
    for name in MERGED:
        model = apps.get_model("articles", name)
        for index in schema_editor._constraint_names(model, ["merged_into_id"], index=True):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(index)}")


def create_indexes(apps, schema_editor):
    for name in MERGED:
        model = apps.get_model("articles", name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field("merged_into")]))


def unindexed(name):
    of_article = name == "article"
    field = models.ForeignKey(
        blank=True,
        db_index=False,
        editable=of_article,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL if of_article else django.db.models.deletion.PROTECT,
        related_name="merged",
        to=f"articles.{name}",
        verbose_name="并入",
    )
    return migrations.AlterField(name, "merged_into", field)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_postgresql_search")]

    operations = [
        # Django would copy whole tables for this on SQLite.
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(drop_indexes, create_indexes)], [unindexed(name) for name in MERGED]
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="article_merged"
            ),
        ),
        migrations.RemoveIndex("article", "article_by_newspaper"),
        migrations.RemoveIndex("article", "article_by_category"),
        migrations.RemoveIndex("article", "article_by_column"),
        migrations.AddIndex(
            "article", models.Index(fields=["newspaper", "-sort_key", *SEEN_BY], name="article_seen_by_newspaper")
        ),
        migrations.AddIndex(
            "article",
            models.Index(fields=["category", "-sort_key", "newspaper", *SEEN_BY], name="article_seen_by_category"),
        ),
        migrations.AddIndex(
            "article",
            models.Index(fields=["column", "-sort_key", "newspaper", *SEEN_BY], name="article_seen_by_column"),
        ),
        migrations.AddIndex("page", models.Index(fields=["newspaper", "issue", "state"], name="page_tallied")),
        migrations.CreateModel(
            "ArticleKeyword",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField("关键词", max_length=60)),
                ("key", models.BigIntegerField("时间次序")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keyword_rows",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
            ],
            {
                "verbose_name": "文章关键词",
                "verbose_name_plural": "文章关键词",
                "constraints": [models.UniqueConstraint(fields=("word", "key", "article"), name="one_row_a_keyword")],
            },
        ),
        migrations.RunPython(fill, drop_triggers),
    ]
