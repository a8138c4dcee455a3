"""manage.py import_pages: page files, folders and zip archives into the archive."""

import datetime
import json
from argparse import ArgumentTypeError
from collections import Counter
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.text import slugify

from articles.extraction.numbering import page_label
from articles.importing import Import, Options, find_sources
from articles.management.database import require_migrated
from articles.management.newspapers import newspaper_called
from articles.management.progress import Progress
from articles.models import ImportOutcome, Newspaper, Page
from articles.models.newspapers import FIRST_YEAR, LAST_YEAR
from articles.operating.alerts import tell_of_failures
from articles.operating.health import check_disk

Result = ImportOutcome.Result
DRY_RUN_WORDS = {Result.CREATED: "将新建", Result.REVISED: "将换新", Result.RESPLIT: "将重拆"}
RESUME = "已导入的版面都在；再运行一次同样的命令即可继续。"
INTERRUPTED = f"已中断。{RESUME}"
INTERRUPTED_DRY = "已中断。这是试运行，什么都没有写。"


class Command(BaseCommand):
    help = "把版面文字（文件、文件夹或 ZIP 压缩包）导入资料库，自动拆分成文章。"

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="版面文件、文件夹（含子文件夹）或 ZIP 压缩包"
        )
        parser.add_argument("--newspaper", metavar="名", help="报纸的名称或网址代号；只有一份报纸时可省，新的会建立")
        parser.add_argument("--slug", metavar="代号", help="新建报纸的网址代号，如 ribao；不给则由报名而来")
        parser.add_argument("--date", type=read_date, metavar="YYYY-MM-DD", help="这些版面的日期")
        parser.add_argument("--number", type=read_number, metavar="版次", help="版次，如 2 或 A02（只导入一版时）")
        parser.add_argument("--page-name", default="", metavar="版名", help="版名，如 要闻")
        parser.add_argument("--encoding", type=read_encoding, metavar="编码", help="文字的编码；不给则自动识别")
        parser.add_argument("--dry-run", action="store_true", help="只看会怎样，什么都不写")
        parser.add_argument("--resplit", action="store_true", help="编辑没有动过的版面用现在的程序重新拆分")
        parser.add_argument("--jobs", type=read_jobs, default=1, metavar="N", help="同时拆分的进程数")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="把每个文件的结果写成 JSON")

    def handle(self, **options):
        require_migrated()
        check_options(options)
        self.counts, self.unknown = Counter(), Counter()
        self.outcomes = [] if options["report"] else None  # of a large archive they are many
        self.job = self.made = None
        try:
            self._import(options)
        except KeyboardInterrupt:
            for outcome, _ in self.job.untold if self.job else ():
                self._note(outcome)
            self._finish(options)
            raise CommandError(INTERRUPTED_DRY if options["dry_run"] else INTERRUPTED, returncode=130) from None
        except DatabaseError as error:
            self._tell(options, broken_off=str(error))
            reason = " ".join(str(error).split())
            raise CommandError(f"数据库出错，导入停在这里：{reason}。{check_disk()}{RESUME}") from error
        self._finish(options)
        self._tell(options)
        if self.counts[Result.FAILED]:
            raise CommandError(f"{self.counts[Result.FAILED]} 个文件没有导入，原因见上。其余不受影响。")

    def _import(self, options):
        if not options["dry_run"]:
            self._run(options)
            # A newspaper made for files of which none became a page would only be in the way.
            if self.made and not self.made.pages.exists():
                self.made.delete()
            return
        # The real path, rolled back: what it says is what would happen.
        with transaction.atomic():
            self._run(options)
            transaction.set_rollback(True)

    def _run(self, options):
        fields = ("date", "page_name", "encoding", "resplit", "jobs", "dry_run")
        wanted = Options(number=options["number"] or "", **{f: options[f] for f in fields})
        self.job = Import(options["paths"], self._find_newspaper(options), wanted)
        self.progress = Progress(self.stderr)
        if self.progress.on:
            self.progress.total = sum(1 for _ in find_sources(options["paths"]))
        try:
            for done, outcome in enumerate(self.job, 1):
                self._note(outcome)
                self.progress.step(done, outcome.path)
        finally:
            self.progress.clear()

    def _note(self, outcome):
        self.counts[outcome.result] += 1
        if self.outcomes is not None:
            self.outcomes.append(
                {
                    "path": outcome.path,
                    "result": str(outcome.result),
                    "reason": outcome.reason,
                    "page": outcome.page and outcome.page.get_absolute_url(),
                }
            )
        if outcome.result in (Result.CREATED, Result.REVISED):
            self.unknown.update(what_is_unknown(outcome.page))
        if outcome.reason or self.job.options.dry_run:
            self.progress.clear()
            words = DRY_RUN_WORDS if self.job.options.dry_run else {}
            label = words.get(outcome.result, Result(outcome.result).label)
            style = self.style.ERROR if outcome.result == Result.FAILED else str
            place = f" → {place_in_words(outcome.page)}" if outcome.page and self.job.options.dry_run else ""
            self.stderr.write(f"{label}  {outcome.path}{place}  {outcome.reason}".rstrip(), style)

    def _finish(self, options):
        if self.job is None:
            return
        self._summarise(options)
        if options["report"]:
            self._write_report(options)

    def _tell(self, options, broken_off=""):
        if self.job and not options["dry_run"]:
            tell_of_failures(self.job.run, broken_off)

    def _find_newspaper(self, options):
        name = options["newspaper"]
        if name is None:
            known = list(Newspaper.objects.all()[:2])
            if len(known) == 1:
                return known[0]
            reason = "资料库里有不止一份报纸" if known else "资料库里还没有报纸"
            raise CommandError(f"{reason}，请用 --newspaper 指明是哪一份。")
        found = newspaper_called(name)
        if found is None:
            return self._make_newspaper(name.strip(), options["slug"])
        if options["slug"] and options["slug"] != found.slug:
            raise CommandError(f"报纸“{found}”已有网址代号 {found.slug}；--slug 只用于新建的报纸，要改请到后台。")
        return found

    def _make_newspaper(self, name, slug):
        newspaper = Newspaper(name=name, slug=slug or slugify(name, allow_unicode=True))
        if taken := Newspaper.objects.filter(slug=newspaper.slug).first():
            raise CommandError(f"网址代号 {newspaper.slug} 已被《{taken}》使用，请用 --slug 另给一个。")
        try:
            newspaper.full_clean()
        except ValidationError as error:
            raise CommandError(f"不能建立报纸“{name}”：{' '.join(error.messages)}可用 --slug 另给网址代号。") from error
        self.made = newspaper
        try:
            with transaction.atomic():
                newspaper.save()
        except IntegrityError:  # another import made it meanwhile
            self.made = None
            return Newspaper.objects.get(name=name)
        return newspaper

    def _write_report(self, options):
        report = {
            "run": None if options["dry_run"] else self.job.run.pk,
            "dry_run": options["dry_run"],
            "counts": {str(result): n for result, n in self.counts.items()},
            "jumps_linked": self.job.linked,
            "ignored": dict(self.job.ignored),
            "outcomes": self.outcomes,
        }
        try:
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"导入已完成，但报告写不出来：{error.strerror}：{options['report']}") from error

    def _summarise(self, options):
        words = DRY_RUN_WORDS if options["dry_run"] else {}
        parts = [f"{words.get(r, r.label)} {self.counts[r]}" for r in Result if self.counts[r]]
        if self.job.linked:
            parts.append(f"{'将' if options['dry_run'] else ''}连接转版 {self.job.linked}")
        parts += [f"其中{what} {n}" for what, n in self.unknown.items()]
        if ignored := self.job.ignored:
            kinds = "、".join(f"{suffix or '其他'} {n}" for suffix, n in ignored.most_common(5))
            parts.append(f"忽略不是版面的文件 {ignored.total()}（{kinds}）")
        if set(self.counts) == {Result.UNCHANGED} and not self.job.linked:
            parts.append("资料库没有改动")
        head = "试运行，未写入：" if options["dry_run"] else ""
        if options["dry_run"] and self.made:
            head += f"将建立报纸《{self.made}》（/{self.made.slug}/），"
        self.stdout.write(head + ("，".join(parts) or "没有文件") + "。")


def check_options(options):
    """Refuse what cannot be done before anything is."""
    report = options["report"]
    if report and (report.is_dir() or not report.parent.is_dir()):
        raise CommandError(f"报告写不到 {report}：请给一个文件名，所在文件夹要已经存在。")
    if options["slug"] and not options["newspaper"]:
        raise CommandError("--slug 是新建报纸的网址代号，要和 --newspaper 一起用。")
    longest = Page._meta.get_field("name").max_length
    if len(options["page_name"]) > longest:
        raise CommandError(f"版名太长，请不要超过 {longest} 字。")
    found = list(islice(find_sources(options["paths"]), 2))
    if not found:
        raise CommandError("没有找到版面文件（.txt、.md、ALTO、hOCR，或装着它们的 ZIP）。")
    if options["number"] and len(found) > 1:
        raise CommandError("--number 只能在导入一版时用；多版的版次请写在文件名里，如 02.txt 或 A02.txt。")


def place_in_words(page):
    """2024-12-06（路径） 第2版 要闻, as a dry run says where a page would go."""
    day = (
        f"{page.issue.label}（{'推定' if page.date_inferred else page.issue.get_date_known_display()}）"
        if page.issue
        else "日期未知"
    )
    return " ".join(filter(None, (day, page.label, page.name)))


def what_is_unknown(page):
    """What an editor still has to say of a page."""
    if page.issue is None:
        yield "日期未知（在后台的未定版面里）"
    elif page.date_inferred:
        yield "日期推定"
    if not page.number:
        yield "版次未定"


def read_date(text):
    try:
        date = datetime.date.fromisoformat(text)
        if not FIRST_YEAR <= date.year <= LAST_YEAR:
            raise ValueError
        return date
    except ValueError:
        raise ArgumentTypeError(f"日期“{text}”不对，请写成 2024-12-06 这样。") from None


def read_number(text):
    if label := page_label(text):
        return label
    raise ArgumentTypeError(f"版次“{text}”不对，请写成 2 或 A02 这样。")


def read_encoding(text):
    try:
        "文".encode(text)
    except UnicodeError:
        pass  # a codec, if one for fewer characters
    except Exception:
        raise ArgumentTypeError(f"不认识的编码“{text}”。可用：utf-8、gb18030、big5、utf-16-le、utf-16-be。") from None
    return text


def read_jobs(text):
    if text.isdigit() and 1 <= int(text) <= 64:
        return int(text)
    raise ArgumentTypeError(f"进程数“{text}”不对，请写 1 到 64 的整数。")
