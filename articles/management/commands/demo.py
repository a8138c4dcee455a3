"""manage.py demo: the whole product with its sample newspaper, on this machine."""

import json
import signal
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from articles.importing import Import, Options, find_sources, load_default_categories
from articles.management.database import cannot_open
from articles.management.processes import free_port, start, start_server, stop, wait_for
from articles.management.progress import Progress
from articles.management.sample import make_accounts, set_the_desk
from articles.models import ImportOutcome, Newspaper

SEEDS = Path(settings.BASE_DIR) / "seeds"


class Command(BaseCommand):
    help = "建库、导入示例报纸、为每个用户组建一个账号，并在本机打开网站。再次运行时数据照旧。"
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="网站的端口，被占用时换下一个（默认 8000）")
        parser.add_argument("--no-server", action="store_true", help="只准备数据，不启动网站")

    def handle(self, **options):
        self._prepare_database()
        self._say("收集静态文件……")
        call_command("collectstatic", interactive=False, verbosity=0)
        load_default_categories()
        self._tell_accounts(make_accounts())
        for folder in sorted(path.parent for path in SEEDS.glob("*/newspaper.json")):
            self._import_sample(folder)
        if not options["no_server"]:
            self._serve(options["port"])

    def _prepare_database(self):
        self._say("准备数据库……")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(cannot_open(error)) from error

    def _import_sample(self, folder):
        """Import a sample newspaper; what is in the archive already stays as it is."""
        about = json.loads((folder / "newspaper.json").read_text(encoding="utf-8"))
        newspaper, _ = Newspaper.objects.get_or_create(slug=about["slug"], defaults=about)
        is_new = not newspaper.pages.exists()
        total = sum(1 for _ in find_sources([folder]))
        progress = Progress(self.stderr, total)
        counts = {}
        for done, outcome in enumerate(Import([folder], newspaper, Options()), 1):
            progress.step(done, f"导入《{newspaper}》")
            counts[outcome.result] = counts.get(outcome.result, 0) + 1
            if outcome.result == ImportOutcome.Result.FAILED:
                raise CommandError(f"示例报纸没有导入：{outcome.path} {outcome.reason}")
        progress.clear()
        if is_new:
            set_the_desk(newspaper)
        made = counts.get(ImportOutcome.Result.CREATED, 0)
        self._say(f"示例报纸《{newspaper}》：" + (f"导入 {made} 版。" if made else "已在库中，未改动。"))

    def _tell_accounts(self, made):
        for account, group, password in made:
            self._say(self.style.SUCCESS(f"{group}账号 {account}，密码 {password} （只显示这一次，请记下）"))
        if not made:
            self._say("编辑账号都在；忘了密码可用 manage.py changepassword 账号 重设。")

    def _serve(self, wanted):
        port = free_port(wanted)
        address = f"http://127.0.0.1:{port}/"
        server = start_server("--log-level", "warning", BIND=f"127.0.0.1:{port}")
        worker = start("manage.py", "work", "-v0")
        for ending in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal hangs up
            signal.signal(ending, signal.default_int_handler)
        try:
            wait_for(address, server)
            if port != wanted:
                self._say(f"端口 {wanted} 已被占用，改用 {port}。")
            self._say(f"\n网站已打开：{address}\n编辑后台：  {address}admin/\n按 Ctrl-C 停止。")
            code = server.wait()
        except KeyboardInterrupt:
            code = stop(server)
            self._say("已停止。数据都在，再次运行 manage.py demo 即可继续。")
        finally:
            for process in (server, worker):
                if process.poll() is None:
                    stop(process)
        if code:
            raise CommandError(f"网站进程异常退出（{code}）。")

    def _say(self, words):
        self.stdout.write(words)
        self.stdout.flush()
