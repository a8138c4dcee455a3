"""Addresses of the public pages. People type and cite them: they never change."""

from django.urls import path, register_converter

from . import converters, views

register_converter(converters.NewspaperSlug, "newspaper")
register_converter(converters.IssueLabelConverter, "issue")
register_converter(converters.Year, "year")
register_converter(converters.PageAddress, "page")

urlpatterns = [
    path("", views.home, name="home"),
    path("archive/", views.archive, name="archive"),
    path("articles/", views.article_list, name="article-list"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("categories/", views.category_list, name="category-list"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("columns/", views.column_list, name="column-list"),
    path("columns/<int:pk>/", views.column),
    path("columns/<int:pk>-<str:name>/", views.column, name="column"),
    path("keywords/", views.keyword_list, name="keyword-list"),
    path("keywords/<path:word>/", views.keyword, name="keyword"),
    path("people/", views.person_list, name="person-list"),
    path("people/<int:pk>/", views.person),
    path("people/<int:pk>-<str:name>/", views.person, name="person"),
    path("search/", views.search, name="search"),
    path("search/export.csv", views.search_export, {"form": "csv"}, name="search-csv"),
    path("search/export.json", views.search_export, {"form": "json"}, name="search-json"),
    path("search/hit/", views.search_hit, name="search-hit"),
    path("search/suggest/", views.search_suggest, name="search-suggest"),
    path("<newspaper:slug>/", views.newspaper, name="newspaper"),
    path("<newspaper:slug>/<year:year>/", views.newspaper, name="newspaper-year"),
    path("<newspaper:slug>/<issue:label>/", views.issue, name="issue"),
    path("<newspaper:slug>/<issue:label>/<page:address>/", views.page, name="page"),
    path("<newspaper:slug>/<issue:label>/<page:address>/facsimile/", views.facsimile, name="facsimile"),
]
