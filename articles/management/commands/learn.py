"""Let the archive teach itself: fit what it knows from its own pages, and use it if editors would have less to mend."""

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from articles.extraction import Weights
from articles.extraction.page_file import EXTRACTOR
from articles.learning.fitting import fit_knowledge
from articles.learning.judging import LEAST_PAGES, judge, judged_pages
from articles.learning.using import knowledge_of, learned_in_use, stop_using, take_into_use
from articles.learning.weights import LEAST_PAGES as LEAST_FOR_WEIGHTS
from articles.management.database import require_migrated
from articles.management.newspapers import find_newspaper
from articles.management.progress import Progress
from articles.models import Learned

WEIGHT_NAMES = {"missing": "缺下文的代价", "weaving": "穿插的代价", "title": "标题的门槛"}


class Command(BaseCommand):
    help = (
        "从本资料库自己的版面和编辑的改动里学习：文字的连用、栏目名、人名、类别用词、几项权重。"
        "在已签发的版面上不比现在差才采用；以后的导入用它，正在进行的导入不受影响。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--newspaper", metavar="名", help="只从这份报纸学，也只用于它（名称或网址代号）")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--dry-run", action="store_true", help="只看学到什么、好不好，不存")
        choice.add_argument("--force", action="store_true", help="不管比较的结果，学到就采用")
        choice.add_argument("--forget", action="store_true", help="不再使用所学的（旧的导入不变）")

    def handle(self, *, newspaper, dry_run, force, forget, **options):
        require_migrated()
        paper = find_newspaper(newspaper) if newspaper else None
        if forget:
            done = stop_using(paper and paper.pk)
            self.stdout.write("不再使用所学的。" if done else "本来就没有在用的学习。")
            return
        self.seen, self.progress = 0, Progress(self.stderr)
        signed_off = [pk for pk, _ in judged_pages(paper)]
        fit = fit_knowledge(paper, self.tick, signed_off=signed_off)
        self.progress.clear()
        if not fit.pages:
            raise CommandError("资料库里还没有版面，没有可学的。")
        packed = fit.knowledge.pack()
        self.tell_fit(fit, len(packed), len(signed_off))
        current = learned_in_use(paper and paper.pk)
        own = current if current and current.newspaper_id == (paper and paper.pk) else None
        if own and knowledge_of(own).pack() == packed:
            self.stdout.write(f"与在用的（{own}）相同，没有新学到的。")
            return
        verdict = judge(paper, fit.knowledge, knowledge_of(current) if current else None, self.tick)
        self.progress.clear()
        self.tell_verdict(verdict, current)
        if dry_run:
            self.stdout.write("试运行，未存。" + ("会采用。" if verdict.not_worse else "不会采用。"))
            return
        learned = Learned.objects.create(
            newspaper=paper,
            extractor=EXTRACTOR,
            pages=fit.pages,
            signed_off=verdict.pages,
            data=packed,
            size=len(packed),
            figures=verdict.as_json(),
        )
        self.take(learned, verdict, force)

    def take(self, learned, verdict, force):
        if not (verdict.not_worse or force):
            self.stdout.write(f"存为{learned}，没有采用。" + ("" if verdict.enough else "要采用请加 --force。"))
            return
        try:
            take_into_use(learned)
        except IntegrityError as error:
            raise CommandError("别的进程刚采用了另一次学习，请再运行一次。") from error
        self.stdout.write(f"存为{learned}，以后的导入都用它。")

    def tick(self):
        self.seen += 1
        self.progress.step(self.seen)

    def tell_fit(self, fit, size, signed_off):
        known, weights = fit.knowledge, fit.knowledge.weights
        self.stdout.write(f"读了 {fit.pages} 版，正文 {fit.characters} 字，学到：")
        self.stdout.write(f"  文字连用 {len(known.collocations.counts)} 条")
        self.stdout.write(f"  栏目名 {len(known.columns)} 个{self.examples(known.columns)}")
        self.stdout.write(f"  人名 {len(known.people)} 个{self.examples(known.people)}")
        words = sum(map(len, known.categories.values()))
        self.stdout.write(f"  类别用词 {words} 个，{len(known.categories)} 类")
        moved = [f"{WEIGHT_NAMES[name]} ×{value}" for name, value in weights_moved(weights)]
        few = signed_off < LEAST_FOR_WEIGHTS
        unmoved = f"没有试（要有 {LEAST_FOR_WEIGHTS} 版已签发的）" if few else "没有变"
        self.stdout.write(f"  权重 {'、'.join(moved) or unmoved}")
        self.stdout.write(f"  压缩后共 {size / 1024:.0f} KB")

    def examples(self, names):
        return "，如" + "、".join(sorted(names)[:4]) if names else ""

    def tell_verdict(self, verdict, current):
        if not verdict.enough:
            self.stdout.write(f"已签发的版面只有 {verdict.pages} 版（至少要 {LEAST_PAGES} 版），看不出好坏。")
            return
        self.stdout.write(f"在已签发的 {verdict.pages} 版上要改的处数：")
        self.stdout.write(f"  什么都不学 {verdict.without}；从一半学、用在另一半 {verdict.halves}")
        self.stdout.write(f"  从全部学 {verdict.new}" + (f"；现在用的（{current}）{verdict.in_use}" if current else ""))
        if not verdict.not_worse:
            self.stdout.write("比现在差。")


def weights_moved(weights):
    return [
        (name, getattr(weights, name)) for name in WEIGHT_NAMES if getattr(weights, name) != getattr(Weights(), name)
    ]
