"""manage.py resplit: pages of the archive split again by this version's extractor."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.importing.resplitting import Resplit, Scope
from articles.management.commands.import_pages import read_date, read_jobs
from articles.management.database import require_migrated
from articles.management.newspapers import find_newspaper
from articles.management.progress import Progress
from articles.models import ImportOutcome

Result = ImportOutcome.Result
LABELS = {
    Result.RESPLIT: "换上新拆分",
    Result.UNCHANGED: "无变化",
    Result.KEPT: "保留并提出建议",
    Result.FAILED: "失败",
}
RESUME = "已拆分的版面都在；再运行一次同样的命令即可继续。"


class Command(BaseCommand):
    help = (
        "用现在的拆分程序重新拆分资料库里的版面，从新到旧。编辑没有动过的版面换上新拆分，文章网址照旧或转到新址；"
        "编辑动过的版面不改，新旧不同而编辑没有改过之处成为疑问，可采纳或忽略；已签发的版面不动。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--newspaper", metavar="名", help="只拆这份报纸（名称或网址代号）")
        parser.add_argument("--date", type=read_date, metavar="YYYY-MM-DD", help="只拆这一天的版面")
        parser.add_argument("--since", type=read_date, metavar="YYYY-MM-DD", help="只拆这一天及以后的版面")
        parser.add_argument("--until", type=read_date, metavar="YYYY-MM-DD", help="只拆这一天及以前的版面")
        parser.add_argument("--all", action="store_true", help="现在的程序拆过的版面也再拆")
        parser.add_argument("--signed-off", action="store_true", help="已签发的版面也提出建议（采纳即重开）")
        parser.add_argument("--dry-run", action="store_true", help="只看每一版会怎样，什么都不写")
        parser.add_argument("--jobs", type=read_jobs, default=1, metavar="N", help="同时拆分的进程数")

    def handle(self, **options):
        require_migrated()
        scope = make_scope(options)
        self.counts, self.proposed = Counter(), 0
        job = Resplit(scope)
        try:
            self._run(job)
        except KeyboardInterrupt:
            self._summarise(job)
            words = "已中断。" + ("这是试运行，什么都没有写。" if scope.dry_run else RESUME)
            raise CommandError(words, returncode=130) from None
        except DatabaseError as error:
            raise CommandError(f"数据库出错，停在这里：{error}。{RESUME}") from error
        self._summarise(job)
        if failed := self.counts[Result.FAILED]:
            raise CommandError(f"{failed} 版没有拆分，原因见上。其余不受影响；解决后再运行一次。")

    def _run(self, job):
        progress = Progress(self.stderr, len(job.ids))
        try:
            for done, outcome in enumerate(job, 1):
                self.counts[outcome.result] += 1
                self.proposed += len(outcome.proposals)
                if outcome.result == Result.FAILED or (job.scope.dry_run and outcome.words):
                    progress.clear()
                    self._tell(outcome, job.scope.dry_run)
                progress.step(done, str(outcome.page))
        finally:
            progress.clear()

    def _tell(self, outcome, dry_run):
        style = self.style.ERROR if outcome.result == Result.FAILED else str
        self.stderr.write(f"{label_of(outcome.result, dry_run)}  {outcome.page}  {outcome.words}", style)
        for words in outcome.proposals:
            self.stderr.write(f"    {words}")

    def _summarise(self, job):
        dry_run = job.scope.dry_run
        said = [f"{label_of(r, dry_run)} {self.counts[r]}" for r in LABELS if self.counts[r]]
        if self.proposed:
            said.append(f"建议 {self.proposed} 条（在后台各版的疑问里）")
        if job.linked:
            said.append(f"{'将' if dry_run else ''}连接转版 {job.linked}")
        if passed := job.scope.passed_over():
            said.append(f"已签发未动 {passed}")
        head = "试运行，未写入：" if dry_run else ""
        self.stdout.write(f"{head}{'，'.join(said) or '没有要重新拆分的版面'}。")


def label_of(result, dry_run):
    changes = dry_run and result in (Result.RESPLIT, Result.KEPT)
    return ("将" if changes else "") + LABELS[result]


def make_scope(options):
    """The pages that the options name. Raises CommandError where they name none."""
    name, since, until = options["newspaper"], options["since"], options["until"]
    if options["date"]:
        if since or until:
            raise CommandError("--date 与 --since、--until 不能一起用。")
        since = until = options["date"]
    if since and until and since > until:
        raise CommandError("--since 的日期要在 --until 之前。")
    return Scope(
        newspaper=find_newspaper(name) if name is not None else None,
        since=since,
        until=until,
        everything=options["all"],
        signed_off=options["signed_off"],
        jobs=options["jobs"],
        dry_run=options["dry_run"],
    )
