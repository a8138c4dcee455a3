"""References: as the standard writes them, and as programs that others wrote read them."""

import datetime
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from articles.publishing.citing import Cited, cite_bibtex, cite_gbt, cite_gbt_online, cite_plain, cite_ris

CITED = Cited(
    key="linjiang-20241206-12",
    title="北岸老堤抢在春汛前合龙",
    subtitle="四公里堤身换了新土",
    authors=("林砚舟",),
    newspaper="临江晚报",
    date=datetime.date(2024, 12, 6),
    date_inferred=False,
    pages=("1", "3"),
    url="http://127.0.0.1:8000/articles/12/",
    seen_on=datetime.date(2026, 11, 22),
    keywords=("河堤", "春汛"),
)


@pytest.mark.parametrize(
    ("changes", "reference"),
    [
        ({}, "林砚舟. 北岸老堤抢在春汛前合龙: 四公里堤身换了新土[N]. 临江晚报, 2024-12-06(1, 3)."),
        ({"subtitle": "", "pages": ("A02",)}, "林砚舟. 北岸老堤抢在春汛前合龙[N]. 临江晚报, 2024-12-06(A02)."),
        ({"authors": (), "subtitle": "", "pages": ()}, "北岸老堤抢在春汛前合龙[N]. 临江晚报, 2024-12-06."),
        (
            {"authors": ("甲", "乙", "丙"), "subtitle": ""},
            "甲, 乙, 丙. 北岸老堤抢在春汛前合龙[N]. 临江晚报, 2024-12-06(1, 3).",
        ),
        (
            {"authors": ("甲", "乙", "丙", "丁"), "subtitle": ""},
            "甲, 乙, 丙, 等. 北岸老堤抢在春汛前合龙[N]. 临江晚报, 2024-12-06(1, 3).",
        ),
        ({"title": "[江滩晨雾]", "subtitle": "", "authors": ()}, "[江滩晨雾][N]. 临江晚报, 2024-12-06(1, 3)."),
        ({"date_inferred": True, "subtitle": ""}, "林砚舟. 北岸老堤抢在春汛前合龙[N]. 临江晚报, [2024-12-06](1, 3)."),
    ],
)
def test_the_printed_reference_follows_the_standard(changes, reference):
    assert cite_gbt(replace(CITED, **changes)) == reference


def test_the_online_reference_says_when_and_where_it_was_read():
    assert cite_gbt_online(replace(CITED, subtitle="")) == (
        "林砚舟. 北岸老堤抢在春汛前合龙[N/OL]. 临江晚报, 2024-12-06(1, 3)[2026-11-22]."
        " http://127.0.0.1:8000/articles/12/."
    )


def test_the_plain_reference_is_a_sentence():
    assert cite_plain(CITED) == (
        "林砚舟：《北岸老堤抢在春汛前合龙——四公里堤身换了新土》，《临江晚报》2024年12月6日第1版、第3版，"
        "http://127.0.0.1:8000/articles/12/"
    )
    assert "A02版" in cite_plain(replace(CITED, pages=("A02",)))
    assert cite_plain(replace(CITED, authors=())).startswith("《北岸")


def read_bibtex(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry, {field.key: field.value for field in entry.fields}


def test_bibtex_is_read_by_another_program():
    entry, fields = read_bibtex(cite_bibtex(replace(CITED, authors=("林砚舟", "杜小禾"))))
    assert (entry.entry_type, entry.key) == ("article", CITED.key)
    assert fields["author"] == "{林砚舟} and {杜小禾}"
    assert fields["title"] == "{北岸老堤抢在春汛前合龙: 四公里堤身换了新土}"
    assert (fields["journal"], fields["date"], fields["pages"]) == ("临江晚报", "2024-12-06", "1, 3")
    assert (fields["year"], fields["month"], fields["entrysubtype"]) == ("2024", "dec", "newspaper")
    assert (fields["url"], fields["urldate"]) == (CITED.url, "2026-11-22")


def test_what_tex_reads_otherwise_is_written_out():
    _, fields = read_bibtex(cite_bibtex(replace(CITED, title=r"50% {a} $b_c^d & #1 ~ \end", subtitle="")))
    written = r"50\% \{a\} \$b\_c\textasciicircum{}d \& \#1 \textasciitilde{} \textbackslash{}end"
    assert fields["title"] == f"{{{written}}}"


def test_ris_is_read_by_another_program():
    (entry,) = rispy.loads(cite_ris(replace(CITED, authors=("林砚舟", "杜小禾"))))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["authors"] == ["林砚舟", "杜小禾"]
    assert entry["title"] == "北岸老堤抢在春汛前合龙: 四公里堤身换了新土"
    assert (entry["secondary_title"], entry["year"], entry["date"]) == ("临江晚报", "2024", "2024/12/06/")
    assert (entry["start_page"], entry["urls"], entry["keywords"]) == ("1, 3", [CITED.url], ["河堤", "春汛"])


def test_ris_ends_its_lines_as_the_format_wants():
    text = cite_ris(CITED)
    assert text.endswith("ER  - \r\n")
    assert text.count("\n") == text.count("\r\n")


def test_a_line_end_in_a_title_begins_no_other_field():
    hostile = replace(CITED, title="一\r\nER  - \r\nTY  - BOOK", authors=("甲\nAU  - 乙",))
    (entry,) = rispy.loads(cite_ris(hostile))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["authors"] == ["甲 AU - 乙"]


@given(st.text(min_size=1), st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_whatever_is_printed_stays_one_entry(title, subtitle, authors):
    cited = replace(CITED, title=f"题{title}", subtitle=subtitle, authors=tuple(f"名{name}" for name in authors))
    _, fields = read_bibtex(cite_bibtex(cited))
    assert fields["url"] == CITED.url
    (entry,) = rispy.loads(cite_ris(cited))
    assert entry["urls"] == [CITED.url]
    assert len(entry.get("authors", [])) == len(authors)
