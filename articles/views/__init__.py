"""The public reading site. Every query starts with `visible_to(request.user)`."""

from .archive import archive
from .articles import article, article_list
from .errors import bad_request, page_not_found, server_error
from .home import home
from .names import category, category_list, column, column_list, keyword, keyword_list, person, person_list
from .newspapers import issue, newspaper
from .pages import facsimile, page
from .search import search, search_export, search_hit, search_suggest

__all__ = [
    "archive",
    "article",
    "article_list",
    "bad_request",
    "category",
    "category_list",
    "column",
    "column_list",
    "facsimile",
    "home",
    "issue",
    "keyword",
    "keyword_list",
    "newspaper",
    "page",
    "page_not_found",
    "person",
    "person_list",
    "search",
    "search_export",
    "search_hit",
    "search_suggest",
    "server_error",
]
