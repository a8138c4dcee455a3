"""Two pages of invented news to mend."""

import pytest

from tests.desk import lay_page
from tests.factories import make_issue


@pytest.fixture
def second_editor(django_user_model):
    return django_user_model.objects.create_user("li", is_staff=True)


@pytest.fixture
def page(db):
    return lay_page(
        make_issue(date="2024-05-06"),
        [
            (0, "column", "街巷新事"),
            (0, "headline", "老槐树下开起共享书屋"),
            (0, "byline", "□本报记者 林小满"),
            (0, "body", "槐荫巷口的旧传达室，五月起改成了一间共享书"),
            (0, "body", "+屋，三百册图书都是邻居捐的。"),
            (0, "subheading", "钥匙挂在树上"),
            (0, "body", "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。"),
            (1, "headline", "南塘村头茬枇杷上市"),
            (1, "body", "南塘村的头茬枇杷昨日下树，每斤卖到八元。"),
            (2, "caption", "图为果农在分拣枇杷。"),
            (2, "byline", "周禾 摄"),
            ("banner", "body", "讲文明 树新风"),
        ],
        number="2",
        kinds={2: "photo"},
    )


@pytest.fixture
def third_page(page):
    return lay_page(
        page.issue,
        [
            (0, "body", "书屋的账本也是公开的，每一笔捐款都写在黑板上。"),
            (1, "headline", "城东新桥合龙"),
            (1, "body", "城东新桥昨日合龙，预计年底通车。"),
        ],
        number="3",
        kinds={0: "continuation"},
    )
