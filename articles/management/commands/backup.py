"""manage.py backup: the whole archive in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles.keeping.backup import write_backup
from articles.keeping.files import InUse
from articles.management.database import require_migrated
from articles.management.progress import Progress

LISTED = 20


class Command(BaseCommand):
    help = "把整个资料库（数据和版面图）备份成一个文件，不必停止网站；旁边另写一个 .sha256。"

    def add_arguments(self, parser):
        parser.add_argument(
            "path", type=Path, metavar="FOLDER|FILE.zip", help="写到哪个文件夹（文件名按时间取），或写成哪个文件"
        )

    def handle(self, *, path, **options):
        require_migrated()
        if path.is_dir():
            path = path / f"newsroom-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
        if path.exists() or path.suffix.lower() != ".zip" or not path.parent.is_dir():
            raise CommandError(f"不能写成 {path}：请给一个已有的文件夹，或其中一个还没有的 .zip 文件名。")
        progress = Progress(self.stderr)
        try:
            backup = write_backup(path, progress.next)
        except InUse as error:
            raise CommandError(f"{path.parent} 里正在写另一个备份，请等它结束。") from error
        except OSError as error:
            raise CommandError(f"备份写不出来（{error.strerror}），{path} 没有写成。请检查磁盘空间和权限。") from error
        except DatabaseError as error:
            raise CommandError(f"数据库出错（{error}），{path} 没有写成。") from error
        finally:
            progress.clear()
        size = path.stat().st_size / 2**20
        self.stdout.write(f"{path}：{sum(backup.rows.values())} 行，版面图等 {backup.files} 个文件，{size:.1f} MB。")
        for name in backup.missing[:LISTED]:
            self.stderr.write(f"找不到  {name}", self.style.ERROR)
        if backup.missing:
            raise CommandError(f"备份已写好，但有 {len(backup.missing)} 个文件本来就已不在，请看 manage.py verify。")
