"""The description of the JSON twins in OpenAPI 3.1, made from what they are written by."""

import re

from django.conf import settings
from django.urls import get_resolver

from ..filters import ArticleFilterSet, SearchFilterSet
from .pages import PAGES

VERSION = "1"
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# By converter: its schema and words.
PARAMETERS = {
    "int": ({"type": "integer"}, "编号"),
    "str": ({"type": "string"}, "名称；编号已定，名称不合时转到现在的地址"),
    "path": ({"type": "string"}, "关键词"),
    "slug": ({"type": "string"}, "网址代号"),
    "newspaper": ({"type": "string"}, "报纸的网址代号"),
    "year": ({"type": "integer", "minimum": 1000, "maximum": 2999}, "年份"),
    "issue": ({"type": "string"}, "日期，如 2024-12-06；当日另出的一期如 2024-12-06_2"),
    "page": ({"type": "string"}, "版次，如 2、A02；版次未知的如 page-17"),
}
ERROR = {
    "type": "object",
    "description": "出错时的回答",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {
                "status": {"type": "integer", "description": "HTTP 状态"},
                "message": {"type": "string", "description": "出了什么事"},
                "fields": {"type": "object", "description": "有误的各项条件"},
                "reason": {"type": "string", "description": "撤下的原因"},
                "withdrawn_on": {"type": "string", "format": "date", "description": "撤下的日期"},
            },
        }
    },
}
ERRORS = {"400": "条件有误", "404": "没有这一页", "410": "文章已撤下或已不存在"}


def describe_api(site):
    shapes = {shape.name: shape.definition() for page in PAGES.values() for shape in page.shape.parts()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": VERSION,
            "description": "每个公开页面都有同一内容的 JSON。字段只增不减，不知道的为 null。",
        },
        "servers": [{"url": site.absolute("/").rstrip("/")}],
        "paths": {path: {"get": describe_page(page, route)} for path, route, page in twins()},
        "components": {"schemas": shapes | {"Error": ERROR}},
    }


def twins():
    """(path as OpenAPI writes it, route, page) of every JSON twin."""
    for pattern in get_resolver().url_patterns[-1].url_patterns:
        page = PAGES.get((pattern.name or "").removesuffix("-json"))
        route = str(pattern.pattern)
        if page and route.endswith(".json"):
            yield "/" + PARAMETER.sub(r"{\2}", route), route, page


def describe_page(page, route):
    return {
        "summary": page.words,
        "parameters": [*map(path_parameter, PARAMETER.findall(route)), *query_parameters(page)],
        "responses": {
            "200": content(page.shape.words, page.shape.schema()),
            "301": {"description": "地址变了：见 Location"},
            "302": {"description": "同一内容的另一种写法：见 Location"},
            "304": {"description": "没有改动：与 If-None-Match 中的 ETag 相同"},
        }
        | {status: content(words, {"$ref": "#/components/schemas/Error"}) for status, words in errors_of(page).items()},
    }


def errors_of(page):
    return ERRORS | ({"429": "检索太频繁，Retry-After 说几秒之后再来"} if page.searches else {})


def path_parameter(found):
    converter, name = found
    schema, words = PARAMETERS[converter or "str"]
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": words}


def query_parameters(page):
    named = []
    if page.searches:
        named += [("q", "检索词，写法与网页上相同"), ("order", "次序：relevance、newest、oldest")]
    if page.filters:
        filters = SearchFilterSet if page.searches else ArticleFilterSet
        named += [(name, each.label or name) for name, each in filters.base_filters.items()]
    named += page.asks
    if page.lists:
        named += [("page", "第几页，从1起")]
    return [{"name": name, "in": "query", "schema": {"type": "string"}, "description": words} for name, words in named]


def content(words, schema):
    return {"description": words, "content": {"application/json": {"schema": schema}}}
