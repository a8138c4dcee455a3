"""manage.py import_pages: page files, folders and zip archives into the archive."""

import datetime
import json
from collections import Counter
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from articles.extraction.numbering import page_label
from articles.importing import Import, Options
from articles.management.progress import Progress
from articles.models import ImportOutcome, Newspaper

Result = ImportOutcome.Result
DRY_RUN_WORDS = {Result.CREATED: "将新建", Result.REVISED: "将换新", Result.RESPLIT: "将重拆"}


class Command(BaseCommand):
    help = "把版面文字（文件、文件夹或 ZIP 压缩包）导入资料库，自动拆分成文章。"

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="版面文件、文件夹（含子文件夹）或 ZIP 压缩包")
        parser.add_argument("--newspaper", metavar="名", help="报纸的名称或网址代号；只有一份报纸时可省，新的会建立")
        parser.add_argument("--slug", metavar="代号", help="新建报纸的网址代号，如 ribao；不给则由报名而来")
        parser.add_argument("--date", type=read_date, metavar="YYYY-MM-DD", help="这些版面的日期")
        parser.add_argument("--number", type=read_number, metavar="版次", help="版次，如 2 或 A02（只导入一版时）")
        parser.add_argument("--page-name", default="", metavar="版名", help="版名，如 要闻")
        parser.add_argument("--encoding", metavar="编码", help="文字的编码；不给则自动识别")
        parser.add_argument("--dry-run", action="store_true", help="只看会怎样，什么都不写")
        parser.add_argument("--resplit", action="store_true", help="编辑没有动过的版面用现在的程序重新拆分")
        parser.add_argument("--jobs", type=read_jobs, default=1, metavar="N", help="同时拆分的进程数")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="把每个文件的结果写成 JSON")

    def handle(self, **options):
        if options["report"] and not options["report"].parent.is_dir():
            raise CommandError(f"报告要写到的文件夹不存在：{options['report'].parent}")
        try:
            outcomes, job = self._import(options)
        except KeyboardInterrupt:
            raise CommandError("已中断。导入完的版面都在；再运行一次同样的命令即可继续。", returncode=130) from None
        counts = Counter(outcome["result"] for outcome in outcomes)
        if options["report"]:
            self._write_report(options, outcomes, counts, job)
        self._summarise(options, counts, job)
        if counts[Result.FAILED]:
            raise CommandError(f"{counts[Result.FAILED]} 个文件没有导入，原因见上。其余不受影响。")
        if not outcomes:
            raise CommandError("没有找到版面文件（.txt、.md，或装着它们的 ZIP）。")

    def _import(self, options):
        if not options["dry_run"]:
            return self._run(options)
        # The real path, rolled back: what it says is what would happen.
        with transaction.atomic():
            done = self._run(options)
            transaction.set_rollback(True)
        return done

    def _run(self, options):
        fields = ("date", "page_name", "encoding", "resplit", "jobs", "dry_run")
        wanted = Options(number=options["number"] or "", **{f: options[f] for f in fields})
        job = Import([Path(p) for p in options["paths"]], self._find_newspaper(options), wanted)
        progress, outcomes = Progress(self.stderr), []
        for done, outcome in enumerate(job, 1):
            page = outcome.page
            address = page.get_absolute_url() if page else None
            outcomes.append(
                {"path": outcome.path, "result": str(outcome.result), "reason": outcome.reason, "page": address}
            )
            progress.step(done, outcome.path)
            if outcome.result in (Result.FAILED, Result.DUPLICATE, Result.KEPT) or outcome.reason:
                progress.clear()
                line = f"{Result(outcome.result).label}  {outcome.path}  {outcome.reason}"
                self.stderr.write(self.style.ERROR(line) if outcome.result == Result.FAILED else line)
        progress.clear()
        return outcomes, job

    def _find_newspaper(self, options):
        name = options["newspaper"]
        if name is None:
            known = list(Newspaper.objects.all()[:2])
            if len(known) == 1:
                return known[0]
            reason = "资料库里有不止一份报纸" if known else "资料库里还没有报纸"
            raise CommandError(f"{reason}，请用 --newspaper 指明是哪一份。")
        found = Newspaper.objects.filter(name=name).first() or Newspaper.objects.filter(slug=name).first()
        if found:
            return found
        slug = options["slug"] or slugify(name, allow_unicode=True)
        newspaper = Newspaper(name=name.strip(), slug=slug)
        try:
            newspaper.full_clean()
        except ValidationError as error:
            raise CommandError(f"不能建立报纸“{name}”：{' '.join(error.messages)}可用 --slug 另给网址代号。") from error
        newspaper.save()
        return newspaper

    def _write_report(self, options, outcomes, counts, job):
        report = {
            "run": None if options["dry_run"] else job.run.pk,
            "dry_run": options["dry_run"],
            "counts": dict(counts),
            "jumps_linked": job.linked,
            "ignored": job.ignored,
            "outcomes": outcomes,
        }
        try:
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"导入已完成，但报告写不出来：{error.strerror}：{options['report']}") from error

    def _summarise(self, options, counts, job):
        words = DRY_RUN_WORDS if options["dry_run"] else {}
        parts = [f"{words.get(r, r.label)} {counts[r]}" for r in Result if counts[r]]
        if job.linked:
            parts.append(f"连接转版 {job.linked}")
        if job.ignored:
            parts.append(f"忽略其他文件 {job.ignored}")
        head = "试运行，未写入：" if options["dry_run"] else ""
        if parts and set(counts) == {Result.UNCHANGED}:
            parts.append("资料库没有改动")
        self.stdout.write(head + ("，".join(parts) or "没有文件") + "。")


def read_date(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"日期“{text}”不对，请写成 2024-12-06 这样。") from None


def read_number(text):
    if label := page_label(text):
        return label
    raise CommandError(f"版次“{text}”不对，请写成 2 或 A02 这样。")


def read_jobs(text):
    if text.isdigit() and 1 <= int(text) <= 64:
        return int(text)
    raise CommandError(f"进程数“{text}”不对，请写 1 到 64 的整数。")
