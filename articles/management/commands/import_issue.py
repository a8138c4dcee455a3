"""manage.py import_issue: issues as export_issue wrote them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.keeping.bags import BadBag
from articles.keeping.issue_import import ImportRefused, import_issue
from articles.keeping.issue_shape import BadPackage
from articles.management.database import require_migrated


class Command(BaseCommand):
    help = "导入 export_issue 导出的包：版面、分篇、署名、校改的结果都照原样；已有的一期不动。"

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.zip", help="export_issue 导出的包，可有多个")

    def handle(self, *, files, **options):
        require_migrated()
        failed = 0
        for path in files:
            try:
                taken = import_issue(path)
            except (BadBag, BadPackage) as error:
                failed += self.say(path, f"不是完好的包：{error}")
            except ImportRefused as error:
                failed += self.say(path, str(error))
            except OSError as error:
                failed += self.say(path, f"读写出错：{error.strerror}。")
            else:
                self.stdout.write(f"{taken.issue}：{taken.pages} 版，{taken.articles} 篇。")
        if failed:
            raise CommandError(f"{failed} 个包没有导入，原因见上。其余不受影响。")

    def say(self, path, words):
        self.stderr.write(f"失败  {path}  {words}", self.style.ERROR)
        return 1
