"""manage.py make_groups: the editors' groups and what each may do."""

from django.core.management.base import BaseCommand

from articles.groups import make_groups


class Command(BaseCommand):
    help = "建立用户组（编辑、审校、主编、管理员）及其权限；已有的组保持不变。"

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="把已有的组恢复为默认权限")

    def handle(self, **options):
        written = make_groups(reset=options["reset"])
        for name, changed in written.items():
            if changed:
                self.stdout.write(f"用户组“{name}”：已按默认权限建立。")
        if not any(written.values()):
            self.stdout.write("用户组都在，没有改动。")
