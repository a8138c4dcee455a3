"""manage.py export_issue: an issue as an open package."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.converters import IssueLabelConverter
from articles.keeping.backup import one_moment
from articles.keeping.files import InUse
from articles.keeping.issue_export import ExportRefused, export_issue, package_name
from articles.management.database import require_migrated
from articles.management.newspapers import find_newspaper


class Command(BaseCommand):
    help = "把一期报纸导出成开放的包（BagIt：JSON、文字、原始文件、版面图、校验和），别的资料库可用 import_issue 导入。"

    def add_arguments(self, parser):
        parser.add_argument("newspaper", metavar="报纸", help="报纸的名称或网址代号")
        parser.add_argument("date", type=read_label, metavar="YYYY-MM-DD", help="日期；同日的第二期写 YYYY-MM-DD_2")
        parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="写到哪个文件夹，默认当前文件夹")

    def handle(self, *, newspaper, date, out, **options):
        require_migrated()
        issues = find_newspaper(newspaper).issues.filter(date=date.date, edition=date.edition)
        issue = issues.select_related("newspaper").first()
        if issue is None:
            raise CommandError(f"没有 {date} 这一期。")
        path = out / f"{package_name(issue)}.zip"
        try:
            with one_moment():
                articles = export_issue(issue, path)
        except ExportRefused as error:
            raise CommandError(str(error)) from error
        except InUse as error:
            raise CommandError(f"另一个进程正在写 {path}，请等它结束。") from error
        except OSError as error:
            raise CommandError(f"写不出来（{error.strerror}）：{path}。请检查文件夹、磁盘空间和权限。") from error
        self.stdout.write(f"{path}：{issue.pages.count()} 版，{articles} 篇。")


def read_label(text):
    try:
        return IssueLabelConverter().to_python(text)
    except ValueError:
        raise ArgumentTypeError(f"日期“{text}”不对，请写成 2024-12-06 或 2024-12-06_2 这样。") from None
