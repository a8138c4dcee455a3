"""manage.py up: the site as it runs in production: web server and worker, together until one of them ends."""

import signal
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.groups import make_groups
from articles.importing import load_default_categories
from articles.management.database import cannot_open, require_migrated
from articles.management.processes import start, start_server, stop

LOOK_EVERY = 0.5  # seconds
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked for the end."""


class Command(BaseCommand):
    help = (
        "正式运行网站：更新数据库和静态文件，启动网站（gunicorn）和处理上传的后台进程。"
        "其中一个退出，另一个也停下，返回 1，由 systemd 或 Docker 重新启动。"
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--no-migrate", action="store_true", help="不更新数据库；数据库不是这个版本的就不启动")
        parser.add_argument("--no-work", action="store_true", help="不启动处理上传的进程（在别处运行 manage.py work）")

    def handle(self, *, no_migrate, no_work, **options):
        prepare(migrate=not no_migrate)
        for number in SIGNALS:
            signal.signal(number, ask_to_stop)
        processes = {}
        try:
            processes["网站"] = start_server()
            if not no_work:
                processes["处理上传的进程"] = start("manage.py", "work", "-v0")
            wait_for_an_end(processes)
        except Stopped:
            self.stdout.write("正在停止……")
        finally:
            for process in processes.values():
                if process.poll() is None:
                    stop(process)


def prepare(migrate):
    if not migrate:
        require_migrated()
    try:
        if migrate:
            call_command("migrate", interactive=False, verbosity=0)
        load_default_categories(only_if_none=True)
        make_groups()
    except DatabaseError as error:
        raise CommandError(cannot_open(error)) from error
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        raise CommandError(f"静态文件写不出来（{error}）。请检查磁盘空间和权限。") from error


def ask_to_stop(number, frame):
    for each in SIGNALS:  # once is enough
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def wait_for_an_end(processes):
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                raise CommandError(f"{name}自己退出了（{process.returncode}），原因见上。")
        time.sleep(LOOK_EVERY)
