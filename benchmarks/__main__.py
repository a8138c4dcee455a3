"""`python -m benchmarks`: what splitting and importing a page cost, as ratios to jieba.lcut(text),
what an editor's act costs, as a ratio to a bare Django view, and how good the order of search hits is (--relevance:
only that).

Pages are those of seeds/ unless folders are named. Each figure is the median over rounds of a ratio measured side by
side in one process, since machines are noisy and other work goes on; the load is printed with it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.desk import measure_acts
from benchmarks.importing import import_afresh, report_importing, report_memory
from benchmarks.relevance import report_relevance

MADE_OF = 3  # pages of seeds/ make one of some 200 blocks, on which acts are measured
ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "seeds"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=400, help="invented pages to import, by one process and by two")
    parser.add_argument("--memory", type=int, metavar="PAGES", help="only the memory that importing so many takes")
    parser.add_argument("--relevance", action="store_true", help="only how good the order of search hits is")
    options = parser.parse_args()
    files = sorted(f for folder in options.folders for f in folder.rglob("*.txt"))
    if not files:
        sys.exit("no .txt pages there")
    with tempfile.TemporaryDirectory() as var:
        os.environ.update(NEWSROOM_VAR=var, DJANGO_SETTINGS_MODULE="newsroom.settings")
        os.environ.pop("DATABASE_URL", None)
        sys.path.insert(0, str(ROOT))
        make_database()
        if options.memory:
            return report_memory(options.memory)
        report_relevance()
        if not options.relevance:
            report_costs(files, options.rounds)
            report_importing(options.pages, options.rounds)


def make_database():
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def report_costs(files, rounds):
    import jieba

    from articles.extraction import segmentation, split_page
    from articles.extraction.decoding import decode_page

    texts = [decode_page(f.read_bytes()).text for f in files]
    segmentation.preload()
    jieba.setLogLevel(100)
    jieba.dt.tmp_dir = os.environ["NEWSROOM_VAR"]
    jieba.initialize()
    for text in texts:
        split_page(text)
    split, imported, known = [], [], []
    for _ in range(rounds):
        words = seconds(lambda: [jieba.lcut(text) for text in texts])
        known.append(words / seconds(lambda: [jieba.lcut(text, HMM=False) for text in texts]))
        split.append(seconds(lambda: [split_page(text) for text in texts]) / words)
        imported.append(import_afresh(files, jobs=1) / words)
    pages, characters = len(files), sum(map(len, texts))
    print(f"{pages} pages, {characters} characters, {rounds} rounds, load {os.getloadavg()[0]:.1f}")
    print(f"split a page / segment its text          {statistics.median(split):6.2f}")
    print(f"import a page / segment its text         {statistics.median(imported):6.2f}")
    print(f"segment a text / without guessing words  {statistics.median(known):6.2f}")
    blocks, acts = measure_acts(texts[:MADE_OF], 3 * rounds, seconds)
    for name, ratios in acts.items():
        print(f"{f'{name}, a page of {blocks} blocks / bare view':40} {statistics.median(ratios):6.1f}")


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


main()
