"""Long lists in pages."""

from django.core.paginator import Paginator

ARTICLES_A_PAGE = 20
NAMES_A_PAGE = 100


def paginate(request, rows, per_page=ARTICLES_A_PAGE):
    """The page of `rows` that ?page= asks for, the nearest there is; with `elided`, the numbers to link to."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    page.elided = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page
