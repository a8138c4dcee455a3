"""What made SQLite's full-text index here makes it in 0007 now: its columns are those of the documents as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations: list = []
