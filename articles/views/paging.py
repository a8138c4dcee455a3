"""Long lists in pages."""

from functools import cached_property

from django.core.paginator import EmptyPage, Page, Paginator

ARTICLES_A_PAGE = 20
NAMES_A_PAGE = 100
LAST = 1_000_000  # page of a list; no database counts further than 64 bits
COUNTED = 1000


class CappedRows:
    """Rows of which no more than `most` are counted (has_more): beyond, counting takes longer than finding."""

    def __init__(self, rows, most=COUNTED):
        self.rows, self.most = rows, most

    def __getitem__(self, which):
        return self.rows[which]

    @cached_property
    def counted(self):
        return self.rows[: self.most + 1].count()

    def count(self):
        return min(self.counted, self.most)

    @property
    def has_more(self):
        return self.counted > self.most


class CountedRows:
    """Rows whose number is known."""

    def __init__(self, rows, number):
        self.rows, self.number = rows, number

    def __getitem__(self, which):
        return self.rows[which]

    def count(self):
        return self.number


class OpenPage(Page):
    """A page of a list whose end is not known."""

    def has_next(self):
        paginator = self.paginator
        return super().has_next() or (paginator.goes_on and len(self.object_list) == paginator.per_page)


class OpenPaginator(Paginator):
    """Pages of rows that count() may not have counted to the end (`has_more`): one can go on from the last page."""

    @property
    def goes_on(self):
        return getattr(self.object_list, "has_more", False)

    def validate_number(self, number):
        try:
            return super().validate_number(number)
        except EmptyPage:
            if not self.goes_on or not 1 <= int(number) <= LAST:
                raise
            return int(number)

    def get_page(self, number):
        try:
            return super().get_page(number)
        except EmptyPage:
            return self.page(self.num_pages)

    def page(self, number):
        number = self.validate_number(number)
        if number <= self.num_pages:
            return super().page(number)
        first = (number - 1) * self.per_page
        rows = self.object_list[first : first + self.per_page]
        if not rows:
            raise EmptyPage("There is nothing on this page.")
        return self._get_page(rows, number, self)

    def _get_page(self, object_list, number, paginator):
        return OpenPage(object_list, number, paginator)

    def elided_around(self, number):
        """The numbers to link to, with gaps."""
        if number <= self.num_pages:
            return [*self.get_elided_page_range(number, on_each_side=2, on_ends=1)]
        return [1, self.ELLIPSIS, *range(max(2, number - 2), number + 1)]


def paginate(request, rows, per_page=ARTICLES_A_PAGE):
    """The page of `rows` that ?page= asks for, the nearest there is; with `elided`, the numbers to link to."""
    page = OpenPaginator(rows, per_page).get_page(request.GET.get("page"))
    page.elided = page.paginator.elided_around(page.number)
    return page
