"""manage.py mask: what is private covered in what an archive has stored already."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.corrections.privacy import mask_pages
from articles.management.database import require_migrated
from articles.management.progress import Progress
from articles.models import Page

AT_ONCE = 50


class Command(BaseCommand):
    help = (
        "遮盖已有版面里的证件号码、电话、银行卡号等，使文章、检索和版面图都不公开它们；升级之后运行一次。"
        "可以随时中断，再运行一次即从断处继续；运行时网站照常。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="看过的版面也再看一遍（规则改变之后）")

    def handle(self, **options):
        require_migrated()
        pages = Page.objects.order_by("pk")
        if not options["all"]:
            pages = pages.filter(has_masked=None)
        progress, done, masked, last = Progress(self.stderr, pages.count()), 0, 0, 0
        try:
            while ids := list(pages.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
                masked += mask_pages(ids)
                done, last = done + len(ids), ids[-1]
                progress.step(done)
        except DatabaseError as error:
            raise CommandError(f"数据库出错，停在这里：{error}。再运行一次即可继续。") from error
        finally:
            progress.clear()
        self.stdout.write(f"看过 {done} 版，其中 {masked} 版有须遮盖的。")
