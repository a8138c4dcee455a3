"""Addresses of the public pages. People type and cite them: they never change."""

from django.urls import path, register_converter

from . import converters, views
from .views.answering import json_twins

register_converter(converters.NewspaperSlug, "newspaper")
register_converter(converters.IssueLabelConverter, "issue")
register_converter(converters.Year, "year")
register_converter(converters.PageAddress, "page")

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("archive/", views.archive, name="archive"),
    path("articles/", views.article_list, name="article-list"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/report/", views.report_on_article, name="report-on-article"),
    path("articles/<int:pk>/source/", views.article_source, name="article-source"),
    path("articles/<int:pk>/original/", views.article_original, name="article-original"),
    path("api/", views.api, name="api"),
    path("api/openapi.json", views.openapi, name="openapi"),
    path("articles/<int:pk>/cite.<str:form>", views.cite, name="cite"),
    path("articles/<int:pk>/qr.svg", views.qr, name="qr"),
    path("categories/", views.category_list, name="category-list"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("categories/<slug:slug>/feed/", views.category_feed, name="category-feed"),
    path("columns/", views.column_list, name="column-list"),
    path("columns/<int:pk>/", views.column),
    path("columns/<int:pk>-<str:name>/", views.column, name="column"),
    path("columns/<int:pk>-<str:name>/feed/", views.column_feed, name="column-feed"),
    path("feed/", views.feed, name="feed"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("keywords/", views.keyword_list, name="keyword-list"),
    path("keywords/<path:word>/", views.keyword, name="keyword"),
    path("people/", views.person_list, name="person-list"),
    path("people/<int:pk>/", views.person),
    path("people/<int:pk>-<str:name>/", views.person, name="person"),
    path("reports/<slug:token>/", views.report, name="report"),
    path("people/<int:pk>-<str:name>/feed/", views.person_feed, name="person-feed"),
    path("robots.txt", views.robots, name="robots"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap/<str:name>-<int:number>.xml", views.sitemap_part, name="sitemap-part"),
    path("search/export.csv", views.search_export, {"form": "csv"}, name="search-export-csv"),
    path("search/export.json", views.search_export, {"form": "json"}, name="search-export-json"),
    path("search/hit/", views.search_hit, name="search-hit"),
    path("search/suggest/", views.search_suggest, name="search-suggest"),
    path("<newspaper:slug>/", views.newspaper, name="newspaper"),
    path("<newspaper:slug>/feed/", views.newspaper_feed, name="newspaper-feed"),
    path("<newspaper:slug>/<year:year>/", views.newspaper, name="newspaper-year"),
    path("<newspaper:slug>/<issue:label>/", views.issue, name="issue"),
    path("<newspaper:slug>/<issue:label>/<page:address>/", views.page, name="page"),
    path("<newspaper:slug>/<issue:label>/<page:address>/facsimile/", views.facsimile, name="facsimile"),
    path("<newspaper:slug>/<issue:label>/<page:address>/report/", views.report_on_page, name="report-on-page"),
]
urlpatterns += json_twins(urlpatterns)
