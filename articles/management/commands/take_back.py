"""manage.py take_back: an import run taken back, for the pages that nobody has touched since."""

from django.core.management.base import BaseCommand, CommandError

from articles.importing.taking_back import ACT_WORDS, TakingBackRefused, plan_taking_back, take_back
from articles.models import ImportRun


class Command(BaseCommand):
    help = "收回一次导入：移除它新建的版面，还原它换下的原文；编辑改过的版面保留。"

    def add_arguments(self, parser):
        parser.add_argument("run", type=int, metavar="RUN", help="导入的编号，见后台“导入”")
        parser.add_argument("--dry-run", action="store_true", help="只看会怎样，什么都不写")

    def handle(self, **options):
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"没有导入 {options['run']}。")
        dry = options["dry_run"]
        counts = dict.fromkeys(ACT_WORDS, 0)
        try:
            for step in plan_taking_back(run) if dry else take_back(run):
                counts[step.act] += 1
                if step.act == "keep" or dry:
                    self.stderr.write(
                        f"{'将' if dry else ''}{step.words}  {step.page}  {step.path}  {step.reason}".rstrip()
                    )
        except TakingBackRefused as error:
            raise CommandError(str(error)) from error
        said = "，".join(f"{'将' if dry else ''}{ACT_WORDS[act]} {n}" for act, n in counts.items() if n)
        self.stdout.write(f"{'试运行，未写入：' if dry else ''}{said or '这次导入没有改动版面，没有可收回的'}。")
