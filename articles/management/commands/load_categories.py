"""manage.py load_categories: add the default categories."""

from django.core.management.base import BaseCommand

from articles.importing import load_default_categories
from articles.management.database import require_migrated


class Command(BaseCommand):
    help = "添加默认类别（时政、经济、民生……）；已有的类别保持不变。"

    def handle(self, **options):
        require_migrated()
        made = load_default_categories()
        self.stdout.write(f"新增类别 {made} 个。" if made else "默认类别都在，没有改动。")
