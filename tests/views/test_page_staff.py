"""Who made a page, as the paper printed it."""

from tests.factories import make_article
from tests.views.conftest import print_page


def test_who_made_the_page_is_credited_on_it_and_under_its_articles(client, issue, read):
    article = make_article("河堤加高完工", issue=issue)
    page = print_page(issue, ("body", "河堤加高工程昨日完工。", article), number="2")
    page.staff = [["责编", "林小满"], ["责编", "赵一舟"], ["版式", "周禾"]]
    page.save()
    for address in (page.get_absolute_url(), article.get_absolute_url()):
        assert "责编林小满、赵一舟，版式周禾" in read(client.get(address)).text
