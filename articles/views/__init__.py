"""The public reading site. Every query starts with `visible_to(request.user)`."""

from .about import about
from .articles import article, article_list, article_source
from .errors import bad_request, page_not_found, server_error
from .home import home
from .mistakes import report, report_on_article, report_on_page
from .names import category, category_list, column, column_list, person, person_list
from .newspapers import issue, newspaper
from .pages import facsimile, page
from .search import search

__all__ = [
    "about",
    "article",
    "article_list",
    "article_source",
    "bad_request",
    "category",
    "category_list",
    "column",
    "column_list",
    "facsimile",
    "home",
    "issue",
    "newspaper",
    "page",
    "page_not_found",
    "person",
    "person_list",
    "report",
    "report_on_article",
    "report_on_page",
    "search",
    "server_error",
]
