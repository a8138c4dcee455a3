"""What importing costs: invented pages, as many as wanted, imported as a newspaper of their own."""

import datetime
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.archive import FIRST_DAY, PAGES_AN_ISSUE, Writer

ARTICLES_A_PAGE = 6
JUMPS_EVERY = 3  # issues; the last article of their first page goes on on their third
CHECKED = 1000  # pages between two looks at the memory


def write_pages(folder, count, seed=1, articles_a_page=ARTICLES_A_PAGE):
    """`count` pages below `folder`, an issue of PAGES_AN_ISSUE a day; their files."""
    writer = Writer(seed)
    for index in range(count):
        issue, page = divmod(index, PAGES_AN_ISSUE)
        articles = [write_article(writer) for _ in range(articles_a_page)]
        if issue % JUMPS_EVERY == 0 and page == 0:
            articles[-1] = articles[-1].rstrip("。") + "(下转第3版)"
        if issue % JUMPS_EVERY == 0 and page == 2:
            articles[0] = f"(上接第1版){writer.body()}"
        path = Path(folder) / str(FIRST_DAY + datetime.timedelta(days=issue)) / f"{page + 1:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(articles), encoding="utf-8")
    return sorted(Path(folder).rglob("*.txt"))


def write_article(writer):
    headline = writer.sentence().strip("。").replace("，", "")[:18]
    return f"{headline}\n\n□本报记者 {writer.one(writer.names)}\n\n{writer.body()}"


def import_afresh(paths, jobs=1):
    """Seconds to import the files as a newspaper of their own."""
    from articles.importing import Import, Options
    from articles.models import Newspaper

    number = Newspaper.objects.count() + 1
    newspaper = Newspaper.objects.create(name=f"试报{number}", slug=f"paper-{number}")
    start = time.perf_counter()
    for _ in Import(paths, newspaper, Options(jobs=jobs)):
        pass
    return time.perf_counter() - start


def report_importing(pages, rounds):
    """What a page of an archive costs, and what a second process gains, side by side in each round."""
    import jieba

    with tempfile.TemporaryDirectory() as folder:
        texts = [file.read_text(encoding="utf-8") for file in write_pages(folder, pages)]
        cost, gain = [], []
        for _ in range(rounds):
            start = time.perf_counter()
            for text in texts:
                jieba.lcut(text)
            words = time.perf_counter() - start
            one, two = import_afresh([Path(folder)]), import_afresh([Path(folder)], jobs=2)
            cost.append(one / words)
            gain.append(one / two)
    print(f"{pages} invented pages, {sum(map(len, texts))} characters, {rounds} rounds, load {os.getloadavg()[0]:.1f}")
    print(f"import a page / segment its text         {statistics.median(cost):6.2f}")
    print(f"import by one process / by two           {statistics.median(gain):6.2f}")


def report_memory(pages):
    """The most memory that an import has taken after so many pages; it takes a while, and has to be flat."""
    from articles.importing import Import, Options
    from articles.models import Newspaper

    with tempfile.TemporaryDirectory() as folder:
        write_pages(folder, pages)
        newspaper = Newspaper.objects.create(name="试报", slug="memory")
        for done, _ in enumerate(Import([Path(folder)], newspaper, Options()), 1):
            if done % CHECKED == 0:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"import, most memory after {done:7} pages    {peak:6.0f} MB", flush=True)
