"""What is learned of labels, people, characters and topics, and from which pages."""

import pytest

from articles import corrections
from articles.learning.categories import fit_categories
from articles.learning.fitting import fit_knowledge
from articles.learning.reading import spread
from articles.learning.tally import Tally
from articles.learning.weights import count_touches, fit_weights
from articles.models import Article, Category, Page
from tests.factories import make_newspaper


def fit(newspaper=None, **options):
    return fit_knowledge(newspaper, lambda: None, **options)


def test_labels_of_several_issues_and_people_of_several_bylines_are_learned(archive):
    known = fit(archive).knowledge
    assert "鹭汀夜话" in known.columns and not any("渠水" in name for name in known.columns)
    assert "柳青禾" in known.people


def test_characters_are_counted_in_the_body_text(archive):
    counts = fit(archive).knowledge.collocations.counts
    assert counts["渠"] >= 12 and counts["水渠"] >= 12 and counts["放水闸"] >= 12
    assert "鹭汀夜" not in counts  # a label is no running text


def test_fitting_twice_gives_the_same_bytes(archive):
    assert fit(archive).knowledge.pack() == fit(archive).knowledge.pack()


def test_pages_left_out_teach_nothing(archive):
    everything = list(Page.objects.values_list("pk", flat=True))
    nothing = fit(archive, without=everything)
    assert nothing.pages == 0 and nothing.knowledge.pack() == fit(make_newspaper()).knowledge.pack()


def test_a_name_on_one_page_is_learned_once_that_is_signed_off(archive, editor):
    page = Page.objects.filter(number="2").first()
    article = Article.objects.filter(page=page).first()
    corrections.set_credits(article=article, credits=[("砚边生", "author", "")], user=editor)
    assert "砚边生" not in fit(archive).knowledge.people
    page.refresh_from_db()
    corrections.sign_off(page=page, user=editor)
    assert "砚边生" in fit(archive).knowledge.people


@pytest.fixture
def filed(archive, editor):
    """Every report is 水务 by its editor's word, every other piece 夜话."""
    water, night = (Category.objects.create(name=name, slug=slug) for name, slug in (("水务", "shui"), ("夜话", "ye")))
    for article in Article.objects.living():
        corrections.set_category(article=article, category=water if "渠水" in article.headline else night, user=editor)
    return archive


def test_what_editors_call_a_topic_is_learned_from_their_word_alone(archive, filed):
    fitted = fit_categories(filed)
    assert set(fitted) == {"水务", "夜话"}
    assert any(points > 0 for points in fitted["水务"].values())
    Article.objects.update(fixed=[])
    assert fit_categories(filed) == {}


def test_weights_stay_while_pages_are_few_or_nothing_is_gained(signed_off):
    known = fit(signed_off).knowledge
    ids = list(Page.objects.values_list("pk", flat=True))
    assert fit_weights(known, ids[:5], lambda: None) == known.weights
    assert count_touches(known, ids, lambda: None) == 0
    assert fit_weights(known, ids, lambda: None) == known.weights


def test_a_tally_forgets_the_rarest():
    tally = Tally(room=10)
    for n in range(200):
        tally.add(["常", "常", f"稀{n}"])
        assert len(tally.counts) <= 10
    assert tally.most(1, 1).keys() == {"常"} and tally.most(5, 1000) == {}


def test_a_large_archive_is_read_evenly():
    assert spread([1, 2, 3], 5) == [1, 2, 3] and spread(list(range(10)), 5) == [0, 2, 4, 6, 8]
