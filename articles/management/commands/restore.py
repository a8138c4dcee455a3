"""manage.py restore: a backup into a database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.keeping.bags import BadBag
from articles.keeping.restoring import RestoreRefused, restore
from articles.management.database import cannot_open
from articles.management.progress import Progress


class Command(BaseCommand):
    help = "把 backup 写的文件恢复到空的资料库（SQLite 或 PostgreSQL 均可），编号和地址不变。恢复时请停止网站。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.zip", help="backup 写的文件")
        parser.add_argument("--replace", action="store_true", help="资料库里已有的内容全部丢掉")

    def handle(self, *, file, replace, **options):
        progress = Progress(self.stderr)
        try:
            about = restore(file, replace, progress.next)
        except BadBag as error:
            raise CommandError(f"{file} 不能用来恢复：{error}什么都没有改动。") from error
        except RestoreRefused as error:
            raise CommandError(f"{error}什么都没有改动。") from error
        except OSError as error:
            raise CommandError(f"读写出错（{error.strerror}：{error.filename}），没有恢复。") from error
        except DatabaseError as error:
            raise CommandError(f"{cannot_open(error)}没有恢复。") from error
        finally:
            progress.clear()
        self.stdout.write(f"已恢复 {about.made} 的备份：{sum(about.rows.values())} 行。请运行 manage.py verify 核对。")
        if about.missing:
            self.stderr.write(f"备份时就缺的文件有 {len(about.missing)} 个，如 {about.missing[0]}。")
