"""Preview the split of page files, each on its own, without touching the database."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.extraction import split_page
from articles.extraction.decoding import UndecodableText
from articles.extraction.page_file import decode_file
from articles.importing.paths import path_to_read, read_path
from articles.split_report import SplitReport, split_as_json


class Command(BaseCommand):
    help = "预览版面文件的自动拆分，不读写数据库。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="版面文字文件")
        parser.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
        parser.add_argument("--encoding", metavar="E", help="文件编码（gb18030、big5、utf-8……），默认自动识别")

    def handle(self, *, files, encoding, **options):
        failed = 0
        for path in map(Path, files):
            try:
                decoded, _ = decode_file(path.name, path.read_bytes(), encoding)
            except (OSError, UndecodableText) as error:
                failed += 1
                self.stderr.write(f"{path}：{explain(error)}")
                continue
            self.show(path, decoded, split_page(decoded.text), options=options)
        if failed:
            raise CommandError(f"{len(files)} 个文件中有 {failed} 个未能拆分。")

    def show(self, path, decoded, split, *, options):
        if options["json"]:
            self.stdout.write(json.dumps(split_as_json(path.name, decoded, split), ensure_ascii=False))
            return
        if said := said_by_path(path):
            self.stdout.write(f"导入时以路径为准：{said}")
        colour = not options["no_color"] and not os.environ.get("NO_COLOR") and self.stdout.isatty()
        for line in SplitReport(path.name, decoded, split, colour=colour or options["force_color"]).lines():
            self.stdout.write(line)


def said_by_path(path):
    """Day, number and name that an import would take from the path; "" for none."""
    facts = read_path(path_to_read(str(path.resolve().parent), path.name))
    day = facts.date.isoformat() if facts.date else ""
    return " ".join(filter(None, (day, facts.number and f"第{facts.number}版", facts.name)))


def explain(error):
    """What went wrong with a file, in Chinese."""
    if isinstance(error, FileNotFoundError):
        return "文件不存在。"
    if isinstance(error, IsADirectoryError):
        return "这是目录，不是文件。"
    if isinstance(error, PermissionError):
        return "没有读取权限。"
    if isinstance(error, OSError):
        return f"读取失败（{error.strerror}）。"
    return str(error)
