"""The public reading site. Every query starts with `visible_to(request.user)`."""

from .about import about
from .api import api, openapi
from .archive import archive
from .articles import article, article_list, article_original, article_source
from .citing import cite, qr
from .errors import bad_request, page_not_found, server_error
from .feeds import category_feed, column_feed, feed, newspaper_feed, person_feed
from .home import home
from .machines import opensearch, robots, sitemap, sitemap_part
from .mistakes import report, report_on_article, report_on_page
from .names import category, category_list, column, column_list, keyword, keyword_list, person, person_list
from .newspapers import issue, newspaper
from .pages import facsimile, page
from .search import search, search_export, search_hit, search_suggest

__all__ = [
    "about",
    "api",
    "archive",
    "article",
    "article_list",
    "article_original",
    "article_source",
    "bad_request",
    "category",
    "category_feed",
    "category_list",
    "cite",
    "column",
    "column_feed",
    "column_list",
    "facsimile",
    "feed",
    "home",
    "issue",
    "keyword",
    "keyword_list",
    "newspaper",
    "newspaper_feed",
    "openapi",
    "opensearch",
    "page",
    "page_not_found",
    "person",
    "person_feed",
    "person_list",
    "qr",
    "report",
    "report_on_article",
    "report_on_page",
    "robots",
    "search",
    "search_export",
    "search_hit",
    "search_suggest",
    "server_error",
    "sitemap",
    "sitemap_part",
]
