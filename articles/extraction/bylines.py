"""Where bylines stand in a line of a page: at its start, at its end, or all of it.

    本报讯(记者林小满)城东老街昨日亮灯。            opens: 本报讯(记者林小满)
    新华社青石12月3日电 (记者林小满、赵一舟)灯会    opens: up to the bracket
    ……灯火一直亮到深夜。(林小满 赵一舟)            closes
    ·林小满 赵一舟·  (本报记者)  林小满 摄          all of the line, closes
    □本报记者 林小满                              all of the line, stands under a headline

A stretch is a byline when all of it reads as one (`credits.read_byline`); a line that speaks of reporters is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .credits import DATELINE, parse_credits, read_byline
from .person_names import is_name

__all__ = ["BylineSpan", "find_bylines", "parse_credits"]
_LONGEST = 90  # of a whole-line byline; clauses on the author's posts run long
_SENTENCE_END = "。！？!?”』」…；;）)》"
_OPENING_TAIL = re.compile(
    r"\s*(?:[（(](?P<in>[^()（）]{2,60})[)）]|(?P<open>(?:[\u4e00-\u9fff]{0,6}(?:记者|通讯员|评论员|实习生)[^:：。()（）]{1,60}?(?:报道|摄影报道|整理|电|讯))\s*[:：]?(?![\u4e00-\u9fff]{0,1}[为了]))\s*[:：]?)?"
)
_LEAD = re.compile(r"\s*[（(](?P<in>[^()（）]{2,60})[)）]")
_TAIL = re.compile(
    r"[（(](?P<in>[^()（）]{1,80})[)）]\s*$|[·•](?P<dots>[\u4e00-\u9fff][\u4e00-\u9fff\s　、]{1,40})[·•]\s*$"
)
_CREDITED_TAIL = re.compile(
    r"(?P<all>(?:[\u4e00-\u9fff·、/／\s　]{2,40}?)(?:摄影报道|摄影|供图|文/图|摄)\s*(?:[（(][^()（）]{2,12}[)）])?)\s*$"
)


@dataclass(frozen=True, slots=True)
class BylineSpan:
    """A byline inside a line. `closes`: it stands behind the text it signs, so the article ends with it."""

    start: int
    end: int
    closes: bool


def find_bylines(line: str, *, under_headline: bool = False) -> tuple[BylineSpan, ...]:
    """Byline stretches of `line`, in order. `under_headline`: the line follows a headline, where pen names stand."""
    stripped = line.strip()
    start = line.index(stripped) if stripped else 0
    if whole := _whole(stripped, under_headline):
        return (BylineSpan(start, start + len(stripped), whole == "closes"),)
    spans = []
    opening = _opening(stripped)
    if opening:
        spans.append(BylineSpan(start, start + opening, False))
    if closing := _closing(stripped, opening):
        spans.append(BylineSpan(start + closing, start + len(stripped), True))
    return tuple(spans)


def _whole(text: str, under_headline: bool) -> str:
    """Is all of `text` a byline? "closes", "opens" or ""."""
    if not text or len(text) > _LONGEST:
        return ""
    read = read_byline(text)
    if not read.fits:
        return "opens" if under_headline and _is_pen_name(text) else ""
    bracketed = text[0] in "（(·•" and text[-1] in "）)·•"
    if read.marked:
        if DATELINE.fullmatch(text) and not bracketed:
            return "opens"
        signs = (
            bracketed
            or any(c.role == "photographer" for c in read.credits)
            or re.search(r"摄|执笔|整理|来源|制图", text)
        )
        return "closes" if signs else "opens"
    if not read.credits:
        return "opens" if under_headline and _is_pen_name(text) else ""
    if bracketed:
        return "closes"
    return "opens" if len(read.credits) <= 4 else ""


def _is_pen_name(text: str) -> bool:
    return bool(re.fullmatch(r"[□■◎○●◆]?\s*[\u4e00-\u9fff]{2,4}", text)) and bool(parse_credits(text))


def _opening(text: str) -> int:
    """Where the byline at the start of `text` ends, 0 for none."""
    if dateline := DATELINE.match(text):
        end = dateline.end()
        if dateline.group().startswith("本报") and end < len(text) and not re.match(r"[\s　(（:：,，]", text[end:]):
            return end if re.search(r"\d日电$|本报讯$", dateline.group()) else 0
        tail = _OPENING_TAIL.match(text, end)
        if tail and tail.group().strip() and read_byline(tail.group()).fits:
            end = tail.end()
        else:
            end = _bare_names(text, end)
        return len(text[:end].rstrip()) + (text[end : end + 1] in (":", "："))
    if (lead := _LEAD.match(text)) and (read := read_byline(lead["in"])).fits and read.marked and read.credits:
        return lead.end()
    return 0


def _bare_names(text: str, at: int) -> int:
    """本报讯 记者林小满 近日: ranks and names up to the first word that is neither."""
    end = at
    for piece in re.finditer(r"[\s　]+([^\s　]+)", text[at:]):
        if not read_byline(text[at : at + piece.end()]).fits or len(piece.group(1)) > 12:
            break
        end = at + piece.end()
    return end if read_byline(text[at:end]).credits and end < len(text) else at


def _closing(text: str, after: int) -> int:
    """Where the byline at the end of `text` begins, 0 for none."""
    if tail := _TAIL.search(text, after):
        inside = tail["in"] or tail["dots"]
        read = read_byline(inside)
        before = text[: tail.start()].rstrip()[-1:]
        if read.fits and tail.start() > after:
            certain = (read.marked and (read.credits or "本报" in inside or "作者" in inside)) or tail["dots"]
            if certain or (read.credits and (before in _SENTENCE_END or len(read.credits) > 1)):
                return tail.start()
    for cut in re.finditer(rf"(?<=[{re.escape(_SENTENCE_END)}\s　])(?=[\u4e00-\u9fff])", text):
        rest = text[cut.start() :]
        if cut.start() > after and len(rest) <= 40 and _CREDITED_TAIL.fullmatch(rest):
            read = read_byline(rest)
            if read.fits and read.credits:
                return cut.start()
    return 0
