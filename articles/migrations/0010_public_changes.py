"""Where triggers note that something public has changed; they are made after every migrate (articles.triggers.changes)."""

from django.db import migrations, models

from articles.triggers.changes import drop_triggers


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_browsing")]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("at", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "公开内容的改动",
                "verbose_name_plural": "公开内容的改动",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(
            migrations.RunPython.noop, lambda apps, schema_editor: drop_triggers(schema_editor.connection.alias)
        ),
    ]
