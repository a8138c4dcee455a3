"""A reader's report on the desk: taken up in one press, unless the text has changed since."""

from articles import corrections
from articles.models import Doubt
from articles.reading.mistakes import Mistake, report_mistake
from tests.desk import article_of, block_at

TYPO = Mistake("typo", "谁开门", "谁关门")


def report(page):
    return report_mistake(TYPO, article_of(page, "老槐树下"), "s").doubt


def test_accepting_a_typo_mends_it(desk, page):
    doubt = report(page)
    assert f"采纳：照此改第{7}段的文字" in desk.look(page)
    assert desk.act(page, "accept_doubt", doubt=doubt).status_code == 302
    assert block_at(page, "谁来得早").corrected_text == "谁来得早谁关门，钥匙就挂在老槐树的铁钩上。"
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.ACCEPTED


def test_what_an_editor_has_changed_since_is_not_undone(desk, page, editor):
    doubt = report(page)
    corrections.edit_text(block=block_at(page, "谁来得早"), text="谁来得早谁开门。", user=editor)
    assert "已经改过" in desk.act(page, "accept_doubt", doubt=doubt).content.decode()
    assert block_at(page, "谁来得早").corrected_text == "谁来得早谁开门。"
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.OPEN
