"""Where the lines of a page stand on its picture."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_private_numbers")]

    operations = [
        migrations.CreateModel(
            name="PageLayout",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="layout",
                        serialize=False,
                        to="articles.page",
                    ),
                ),
                ("lines", models.JSONField("各行的位置", default=list)),
            ],
            options={"verbose_name": "版面位置", "verbose_name_plural": "版面位置", "default_permissions": ()},
        ),
    ]
