"""manage.py verify: is the archive, or a backup of it, whole?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.keeping.bags import BadBag, Bag
from articles.keeping.restoring import RestoreRefused, check_backup
from articles.keeping.verifying import CHECKS
from articles.management.database import cannot_open, require_migrated
from articles.management.progress import Progress

LISTED = 50


class Command(BaseCommand):
    help = "核对资料库：原文与分块、文章文字、改动记录、检索、文件的校验和；只看不改，有不符时返回 1。"

    def add_arguments(self, parser):
        parser.add_argument("--backup", type=Path, metavar="FILE.zip", help="不核对资料库，只核对这个备份文件")

    def handle(self, *, backup, **options):
        self.progress = Progress(self.stderr)
        if backup:
            self.verify_backup(backup)
        else:
            require_migrated()
            self.verify_archive()

    def verify_archive(self):
        faults = 0
        for name, check in CHECKS.items():
            try:
                faults += self.run_check(name, check)
            except DatabaseError as error:
                raise CommandError(cannot_open(error)) from error
        if faults:
            raise CommandError(f"发现 {faults} 处不符，见上。请先做一份备份，再查原因；缺的文件可从旧备份里取回。")
        self.stdout.write("资料库完好。")

    def run_check(self, name, check):
        looked, faults, notes = 0, 0, 0
        for finding in check():
            if finding is None:
                looked += 1
                self.progress.step(looked, name)
                continue
            self.progress.clear()
            faults, notes = faults + (not finding.note), notes + finding.note
            if (notes if finding.note else faults) <= LISTED:
                style = str if finding.note else self.style.ERROR
                self.stdout.write(f"{'提示' if finding.note else '不符'}  {finding.words}", style)
        self.progress.clear()
        more = f"，提示 {notes} 处" if notes else ""
        self.stdout.write(f"{name}：核对 {looked} 项，{f'不符 {faults} 处' if faults else '相符'}{more}。")
        return faults

    def verify_backup(self, path):
        try:
            with Bag(path) as bag:
                about = check_backup(bag, self.progress.next)
        except (BadBag, RestoreRefused) as error:
            raise CommandError(f"{path} 不是完好的备份：{error}") from error
        except OSError as error:
            raise CommandError(f"{path} 读不出来：{error.strerror}。") from error
        finally:
            self.progress.clear()
        rows, pages = sum(about.rows.values()), about.rows.get("articles_page", 0)
        self.stdout.write(f"{path} 完好：{about.made} 的备份，{rows} 行，{pages} 版，{self.progress.done} 个文件。")
        for name in about.missing[:LISTED]:
            self.stdout.write(f"提示  备份时就缺 {name}")
