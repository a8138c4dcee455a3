"""How many touches a page the extractor leaves: against gold files, or against pages that editors signed off."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.evaluation.figures import KIND_NAMES, Figures
from articles.evaluation.gold import BadGold, find_gold, read_gold_file
from articles.evaluation.reliability import Bin, draw_curve
from articles.evaluation.report import tell_figures
from articles.evaluation.running import NothingSignedOff, make_evaluation
from articles.evaluation.scoring import score_page
from articles.extraction import EMPTY, split_page
from articles.learning.using import knowledge_in_use
from articles.management.database import require_migrated
from articles.management.newspapers import find_newspaper
from articles.management.progress import Progress


class Command(BaseCommand):
    help = (
        "现在的程序拆出来的版面，编辑每版还要改几处：与金标准文件（NNN.json，旁边是 NNN.txt）比，"
        "或用 --signed-off 与编辑签发了的版面比。"
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="金标准文件，或装着它们的文件夹")
        parser.add_argument("--signed-off", action="store_true", help="与已签发的版面比，结果存入资料库，后台可看")
        parser.add_argument("--newspaper", metavar="名", help="只比这份报纸（名称或网址代号）；比文件时，用它所学的")
        parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="把“把握与实际”的曲线画成 SVG")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON")
        parser.add_argument("--touches", action="store_true", help="逐版列出要改的（只用于文件）")

    def handle(self, *, paths, signed_off, newspaper, plot, **options):
        if bool(paths) == signed_off:
            raise CommandError("请给出金标准文件或文件夹，或者用 --signed-off（两者只能选一）。例：evaluate seeds")
        if plot and not plot.absolute().parent.is_dir():
            raise CommandError(f"{plot}：文件夹不存在，画不了。")
        if signed_off or newspaper:
            require_migrated()
        paper = find_newspaper(newspaper) if newspaper else None
        figures = self.evaluate_archive(paper) if signed_off else self.evaluate_files(paths, paper, options["touches"])
        if plot:
            self.draw(plot, figures)
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            for line in tell_figures(figures):
                self.stdout.write(line)
        if figures["broken"]:
            raise CommandError("有版面丢失或多出了文字。")

    def evaluate_files(self, paths, paper, listing):
        knowledge = knowledge_in_use(paper.pk) if paper else EMPTY
        figures = Figures()
        try:
            files = list(find_gold(paths))
            progress = Progress(self.stderr, len(files))
            for done, path in enumerate(files, 1):
                text, truth = read_gold_file(path)
                score = score_page(truth, split_page(text, knowledge=knowledge), text)
                figures.add(score)
                progress.step(done, path.name)
                if listing and score.touches:
                    progress.clear()
                    self.list_touches(path, score)
            progress.clear()
        except BadGold as error:
            raise CommandError(str(error)) from error
        if not files:
            raise CommandError("那里没有金标准文件（NNN.json，旁边要有 NNN.txt）。")
        return figures.as_json()

    def evaluate_archive(self, paper):
        progress = Progress(self.stderr)

        def tick(done, total):
            progress.total = total
            progress.step(done)

        try:
            evaluation = make_evaluation(paper, tick)
        except NothingSignedOff as error:
            raise CommandError(str(error)) from error
        finally:
            progress.clear()
        return evaluation.figures

    def list_touches(self, path, score):
        self.stderr.write(f"{path}：{score.touches.total()} 处")
        for name, touches in [*((a.name, a.touches) for a in score.articles), ("（不属哪一篇）", score.elsewhere)]:
            if touches:
                self.stderr.write(f"  {name}：" + "，".join(f"{KIND_NAMES[kind]} {n}" for kind, n in touches.items()))

    def draw(self, path, figures):
        try:
            path.write_text(draw_curve([Bin(**b) for b in figures["reliability"]]) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path}：写不出来（{error.strerror}）。") from error
