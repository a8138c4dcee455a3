"""Write the search documents and the full-text index anew, or only check them."""

from django.core.management.base import BaseCommand, CommandError

from articles.management.database import require_migrated
from articles.search import documents

LISTED = 50


class Command(BaseCommand):
    help = "重建检索文本和索引；--check 只检查，不改动。"

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只检查是否与文章、版面一致；不一致时返回 1")

    def handle(self, *, check, **options):
        require_migrated()
        if check:
            self.check_documents()
        else:
            changed = documents.rebuild(self.show_progress)
            self.end_progress()
            self.stdout.write(f"已重建索引，改动检索文本 {changed} 份。")

    def check_documents(self):
        findings = documents.check(self.show_progress)
        self.end_progress()
        for fault in findings.faults[:LISTED]:
            self.stdout.write(str(fault))
        if len(findings.faults) > LISTED:
            self.stdout.write(f"……另有 {len(findings.faults) - LISTED} 处")
        checked = f"检查了 {findings.articles} 篇文章、{findings.pages} 个版面"
        if findings.faults:
            raise CommandError(f"{checked}，发现 {len(findings.faults)} 处不符。请运行 manage.py reindex 重建。")
        self.stdout.write(f"{checked}，检索文本和索引一致。")

    def show_progress(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="")

    def end_progress(self):
        if self.stderr.isatty():
            self.stderr.write("")
