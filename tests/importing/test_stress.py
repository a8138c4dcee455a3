"""Any sequence of changed, renamed and edited pages leaves whole pages, and importing again changes nothing."""

import random

import pytest

from articles import corrections
from articles.models import Article, FormerAddress, Page
from articles.search.documents import check
from tests.desk import check_whole
from tests.importing.paper import BRIDGE, BUS, CHAIN_ON_3, CHAIN_ON_4, JUMP_FROM_1, MARKET, SCHOOL, dump, import_files

STORIES = (BRIDGE, SCHOOL, MARKET, BUS, JUMP_FROM_1, CHAIN_ON_3, CHAIN_ON_4)
NAMES = ("000_ab.txt", "001_cd.txt", *(f"2024-12-0{day}/0{n}.txt" for day in (6, 7) for n in (1, 3, 4)))


def change_files(folder, chance):
    for _ in range(chance.randint(1, 3)):
        path = folder / chance.choice(NAMES)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and chance.random() < 0.4:
            target = folder / chance.choice(NAMES)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        elif path.exists() and chance.random() < 0.5:
            path.write_text(path.read_text().replace("，", "、", 1) + f"\n\n第{chance.randint(1, 99)}号附记。")
        else:
            masthead = chance.choice(["", "", "青杨日报 2024年12月6日 星期五 第3版\n\n"])
            path.write_text(masthead + "\n\n".join(chance.sample(STORIES, chance.randint(1, 3))))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_pages_are_whole_and_nothing_is_lost(newspaper, editor, tmp_path, seed):
    chance = random.Random(seed)
    seen = set()
    for _ in range(7):
        change_files(tmp_path, chance)
        outcomes = import_files(newspaper, tmp_path, resplit=chance.random() < 0.2)
        assert "failed" not in {result for _, result, *_ in outcomes}, outcomes
        seen |= {page.source_text for page in Page.objects.all()}
        # A copy of a text that its own page gave up in the same run is a page of its own in the next.
        import_files(newspaper, tmp_path)
        seen |= {page.source_text for page in Page.objects.all()}
        before = dump()
        again = import_files(newspaper, tmp_path)
        assert dump() == before, (outcomes, again)
        check_whole(Page.objects.all())
        assert not check().faults
        kept = {page.source_text for page in Page.objects.all()}
        assert seen == kept | {old.source_text for page in Page.objects.all() for old in page.revisions.all()}
        for former in FormerAddress.objects.all():
            assert former.path != former.page.get_absolute_url()
        if chance.random() < 0.3:
            article = chance.choice(list(Article.objects.living()))
            corrections.set_kind(article=article, kind="opinion", user=editor)
