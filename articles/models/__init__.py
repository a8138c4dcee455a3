"""The domain: newspapers, issues, pages, blocks, articles, and what happened to them."""

from .articles import Article, Category, Column, Credit, Person
from .changes import PublicChange
from .editors import Presence, SavedFilter
from .imports import ImportOutcome, ImportRun, Upload, UploadFile
from .journal import Correction, Reveal
from .keywords import ArticleKeyword
from .layouts import PageLayout
from .learning import Evaluation, Learned
from .newspapers import FormerAddress, Issue, Newspaper
from .pages import Block, Doubt, Original, Page, PageRevision
from .reports import MistakeReport
from .search import SearchDocument

__all__ = [
    "Article",
    "ArticleKeyword",
    "Block",
    "Category",
    "Column",
    "Correction",
    "Credit",
    "Doubt",
    "Evaluation",
    "FormerAddress",
    "ImportOutcome",
    "ImportRun",
    "Issue",
    "Learned",
    "MistakeReport",
    "Newspaper",
    "Original",
    "Page",
    "PageLayout",
    "PageRevision",
    "Person",
    "Presence",
    "PublicChange",
    "Reveal",
    "SavedFilter",
    "SearchDocument",
    "Upload",
    "UploadFile",
]
