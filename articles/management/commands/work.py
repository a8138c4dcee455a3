"""manage.py work: looks at what was uploaded and imports it, beside the web server."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, close_old_connections

from articles.evaluation.running import work_on_next
from articles.extraction.segmentation import preload
from articles.importing.working import claim_next, work_on

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Command(BaseCommand):
    help = "处理后台上传的版面：预览和导入；也做后台“拆分质量”要的比较。与网站一起常驻运行；可以同时运行几个。"

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="做完眼下等着的就结束")
        parser.add_argument("--poll", type=float, default=2, metavar="秒", help="没有上传时每隔几秒看一次（默认 2）")

    def handle(self, **options):
        self.verbosity = options["verbosity"]
        self.stop = threading.Event()
        before = {number: signal.signal(number, lambda *_: self.stop.set()) for number in SIGNALS}
        try:
            self._work(options["once"], max(0.1, options["poll"]))
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _work(self, once, poll):
        if self.verbosity and not once:
            self.stdout.write(f"等候上传，每 {poll:g} 秒看一次；按 Ctrl-C 结束。")
            self.stdout.flush()
        while not self.stop.is_set():
            try:
                if self._take_one():
                    continue
            except (OperationalError, InterfaceError) as error:
                if once:
                    raise CommandError(f"数据库暂时用不了（{error}），请再运行一次。") from error
                self.stderr.write(f"数据库暂时用不了（{error}），稍后再试。")
                close_old_connections()
            if once:
                return
            self.stop.wait(poll)

    def _take_one(self):
        close_old_connections()
        claim = claim_next(self.stop.is_set)
        if claim is None:
            return self._evaluate()
        preload()
        work_on(claim)
        upload = claim.upload
        error = f"（{upload.error}）" if upload.error else ""
        self.stdout.write(f"{upload}：{upload.get_state_display()}{error}")
        self.stdout.flush()
        return True

    def _evaluate(self):
        """What is asked for on the reports' screen waits until no upload does."""
        evaluation = work_on_next(self.stop.is_set)
        if evaluation is None:
            return False
        self.stdout.write(str(evaluation))
        self.stdout.flush()
        return True
