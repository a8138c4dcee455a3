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

from .byline_words import AUTHOR_CLAUSE, DATELINE, HAN, RANK, SOURCE, TEXT_AND_PICTURES
from .credits import ReadByline, parse_credits, read_byline
from .person_names import is_name, is_word_and_name
from .segmentation import tag_words

__all__ = ["BylineSpan", "find_bylines", "parse_credits"]

_LONGEST = 110  # characters of a line that is nothing but byline; clauses on an author's posts run long
_MOST_BARE = 4  # names on a line without any rank; more are a list of guests
_INSIDE = r"(?P<inside>(?:[^()（）]|[（(][^()（）]*[)）]){1,110}?)"
_BRACKETED = re.compile(rf"[（(]{_INSIDE}[)）]")
_SPACED_PEN_NAME = re.compile(rf"[（(]\s*[{HAN}]\s+[{HAN}]\s*[)）]")
# 记者林小满 通讯员赵一舟报道: up to the colon, or to the word that ends it.
_REPORTING = re.compile(
    rf"[^:：。()（）]{{1,60}}?(?:报道|整理|电|讯)(?:[:：]|(?=[\s,，])|(?![{HAN}]))|[^:：。，,()（）]{{1,60}}?[:：]"
)
_TAIL = re.compile(
    rf"[（(]{_INSIDE}[)）]?\s*$|[·•](?P<dotted>[{HAN}][{HAN}\s　、]{{1,40}})[·•]\s*$|[□■](?P<boxed>[^□■。]{{2,40}})$"
)
_REPORTED = 64  # characters in which 记者林小满报道: has its colon
# Of quotes and brackets only those that hold a whole sentence: “……。”(林小满), but not 读懂“灯会”(新论).
_SENTENCE_END = re.compile(r"[。！？!?…;；][”』」)）》]?\s*$")
_CREDITED_TAIL = re.compile(
    rf"[{HAN}·、/／\s　]{{2,40}}?(?:摄影报道|图文报道|摄影|供图|翻拍|制图|文/图|图/文|摄)"
    r"\s*(?:[（(][^()（）]{2,12}[)）])?"
)
_CRAFT_SIGN = re.compile("[摄图拍]|报道")  # what there is of any craft in `_CREDITED_TAIL`
_AFTER_STOP = re.compile(rf"(?<=[。！？!?”』」…;；)）》\s　])(?=[{HAN}])")
_NAME_AND_POST = re.compile(rf"(?P<name>[{HAN}]{{2,4}})\s*[（(][^()（）]{{4,30}}[)）]")
_POST = re.compile(rf"(?<=[{HAN}])\s*[（(][^()（）]{{4,30}}[)）]")
_ROLE_AHEAD = re.compile(rf"(?:{RANK.pattern})\s*[:：/／]")
_PEN_NAME = re.compile(rf"[□■◎○●◆]?\s*(?:[{HAN}]{{2,4}}|[{HAN}][ \u3000]{{1,2}}[{HAN}])")


@dataclass(frozen=True, slots=True)
class BylineSpan:
    """A byline inside a line. `closes`: it stands behind the text it signs, so the article ends with it."""

    start: int
    end: int
    closes: bool


def find_bylines(line: str, *, under_headline: bool = False) -> tuple[BylineSpan, ...]:
    """Byline stretches of `line`, in order. `under_headline`: the line follows a headline, where pen names stand."""
    text = line.strip()
    shift = line.index(text) if text else 0
    if whole := _read_whole(text, under_headline):
        return (BylineSpan(shift, shift + len(text), whole == "closes"),)
    spans = []
    if opening := _find_opening(text):
        spans.append(BylineSpan(shift, shift + opening, False))
    if closing := _find_closing(text, opening):
        spans.append(BylineSpan(shift + closing, shift + len(text), True))
    return tuple(spans)


def _read_whole(text: str, under_headline: bool) -> str:
    """Is all of `text` a byline? "closes", "opens" or ""."""
    if not text or len(text) > _LONGEST:
        return ""
    read = read_byline(text, whole=True)
    if not read.fits and _ROLE_AHEAD.match(text):
        read = read_byline(_POST.sub(" ", text), whole=True)  # 口述:林小满(青石县农技站站长) 整理:赵一舟
    bracketed = text[0] in "（(·•" and text[-1] in "）)·•"
    if not read.fits or not (read.signed or read.credits):
        return _read_pen_name(text, under_headline)
    if read.staff:
        return ""
    if read.signed:
        return "closes" if bracketed or _signs_off(text, read) else "opens"
    if bracketed:
        return "closes"
    spoken = text[0] not in "□■◎○●◆" and any(_speaks(c.name[1:]) for c in read.credits)
    return "opens" if len(read.credits) <= _MOST_BARE and not spoken else ""


def _speaks(given: str) -> bool:
    """What follows a surname, but is a verb: 强调, 参加."""
    word, tag = tag_words(given)[0]
    return len(word) > 1 and word == given and tag.startswith("v")


def _read_pen_name(text: str, under_headline: bool) -> str:
    """石上苔 under a headline opens, (石上苔) on a line of its own closes."""
    if _SPACED_PEN_NAME.fullmatch(text) or (_BRACKETED.fullmatch(text) and parse_credits(text)):
        return "closes"
    if under_headline and (posted := _NAME_AND_POST.fullmatch(text)) and is_name(posted["name"]):
        return "opens"
    return "opens" if under_headline and _PEN_NAME.fullmatch(text) and parse_credits(text) else ""


def _signs_off(text: str, read: ReadByline) -> bool:
    """A line on pictures or sources stands behind what it is about; 文/图 is a writer's and stands in front."""
    if TEXT_AND_PICTURES.search(text):
        return False
    return any(c.role == "photographer" for c in read.credits) or bool(re.search(r"执笔|来源|提供$|[摄图]\s*$", text))


def _find_opening(text: str) -> int:
    """Where the byline at the start of `text` ends, 0 for none."""
    if dateline := DATELINE.match(text):
        end = _read_on_from(text, dateline.end())
        glued = end == dateline.end() and re.match(rf"[{HAN}]", text[end:])
        # 本报消息 and 本报综合 may be words of a sentence; 本报讯 and a dated 电 are not.
        if glued and not re.search(r"日专?电$|报讯$|社电$", dateline.group()):
            return 0
        return end
    if lead := _BRACKETED.match(text):
        read = read_byline(lead["inside"])
        return lead.end() if read.fits and read.signed and read.credits else 0
    if (":" in text[:_REPORTED] or "：" in text[:_REPORTED]) and (reporting := _REPORTING.match(text)):
        read = read_byline(reporting.group())
        named = read.fits and read.signed and read.credits
        return reporting.end() if named and re.search(r"(?:报道|电|讯)\s*[:：]$", reporting.group()) else 0
    return 0


def _read_on_from(text: str, at: int) -> int:
    """The end of what follows a dateline: (记者林小满), 记者林小满报道:, 记者林小满 before a blank, or nothing."""
    gap = len(text[at:]) - len(text[at:].lstrip())
    if (bracket := _BRACKETED.match(text, at + gap)) and read_byline(bracket["inside"]).fits:
        end = bracket.end()
        return end + 1 if text[end : end + 1] in (":", "：") else end
    if (
        (reporting := _REPORTING.match(text, at + gap))
        and (read := read_byline(reporting.group())).fits
        and read.credits
    ):
        return reporting.end()
    names_end = _read_bare_names(text, at)
    return names_end + 1 if text[names_end : names_end + 1] in (":", "：") else names_end


def _read_bare_names(text: str, at: int) -> int:
    """本报讯 记者林小满 近日: ranks and names up to the first piece that is neither."""
    end = at
    for piece in re.finditer(r"[\s　]+[^\s　]{1,12}(?=[\s　])", text[at:]):
        read = read_byline(text[at : at + piece.end()])
        if not read.fits:
            break
        if read.credits and read.signed:
            end = at + piece.end()
    return end


def _find_closing(text: str, after: int) -> int:
    """Where the byline at the end of `text` begins, 0 for none."""
    for cut in _AFTER_STOP.finditer(text) if _CRAFT_SIGN.search(text, after) else ():
        rest = text[cut.start() :]
        if cut.start() > after and _CREDITED_TAIL.fullmatch(rest) and (read := read_byline(rest)).fits and read.credits:
            return cut.start()
    tail = _TAIL.search(text, after)
    return tail.start() if tail and tail.start() > after and _is_closing(text, tail) else 0


def _is_closing(text: str, tail: re.Match[str]) -> bool:
    """Brackets hold many things; they hold a byline when a rank says so, or bare names behind a full stop."""
    inside = tail["inside"] or tail["dotted"] or tail["boxed"]
    read = read_byline(inside)
    after_sentence = bool(_SENTENCE_END.search(text[: tail.start()]))
    if not read.fits or read.staff:
        return after_sentence and is_word_and_name(inside)
    if read.signed:
        nobody_named = DATELINE.match(inside) or AUTHOR_CLAUSE.match(inside) or SOURCE.match(inside) or "本报" in inside
        return bool(read.credits or nobody_named)
    if not read.credits:
        return False
    return after_sentence or (len(read.credits) > 1 and text.rstrip()[-1] in ")）")
