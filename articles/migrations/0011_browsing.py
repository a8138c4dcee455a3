"""Articles by keyword, and indexes that count articles without reading them."""

import django.db.models.deletion
from django.db import migrations, models

from articles import keywords

SEEN_BY = ["reviewed", "state", "gone", "merged_into", "issue"]


def fill(apps, schema_editor):
    keywords.create_triggers(schema_editor.connection)
    keywords.fill(schema_editor.connection)


def drop_triggers(apps, schema_editor):
    keywords.drop_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_postgresql_search")]

    operations = [
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
