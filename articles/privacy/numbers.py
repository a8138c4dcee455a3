"""Finds the numbers of persons in printed text: identity cards, papers, bank cards, telephones. Pure; no Django.

What is found, and by which rule:

- **Identity numbers of 18 digits**: GB 11643-1999. Six digits for a place, of which the first two are those of a
  province (GB/T 2260), eight for a real day of birth, three in sequence, and the check digit of ISO 7064 MOD 11-2
  (0–9, X). Found wherever they stand. The number of a disabled person's card is this one with two digits behind it.
- **Identity numbers of 15 digits** (until 2013, now void): place, YYMMDD, sequence. They have no check digit, so a word
  such as 身份证 has to stand before them.
- **Bank cards**: ISO/IEC 7812-1. 16 to 19 digits, the last of them Luhn's. Those of 银联 begin with 62 and are found
  anywhere, others that card companies issue (2, 3, 4, 5, 6) behind a word such as 卡号.
- **Mobile telephones**: 11 digits, 1 and 3–9 in front (the plan of 工业和信息化部), with or without +86 or the 0 that
  was once dialled before them.
- **Telephones at home**: 7 or 8 digits, with or without an area code, behind 住宅电话, 宅电 and the like. Any other
  fixed line is an office's and stays.
- **Papers**: passports, permits for travel, officers', soldiers' and policemen's papers, driving licences, cards of
  social and medical insurance, certificates of birth: behind their words, in the form that each has.

Digits and letters of either width are read alike. Groups may be set apart by blanks or hyphens, as numbers of that kind
are, and a line may end inside. A number stays that is called something else just before it (an order, a document, a
book, a company's 信用代码), that is a sum or a measure, or a part of a longer one.

Not found: digits in Han numerals (一三八……), slips of OCR (O for 0, l for 1), pagers, numbers of chat accounts, plates
of cars, and whatever is no number: names, addresses. An editor masks these by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

WIDE = {0xFF10 + i: str(i) for i in range(10)}
WIDE |= {0xFF21 + i: chr(65 + i) for i in range(26)} | {0xFF41 + i: chr(97 + i) for i in range(26)}
WIDE |= {ord(c): "-" for c in "－–—‐‑"} | {0x3000: " ", 0xA0: " ", ord("＋"): "+", ord("×"): "X", ord("．"): "."}

# Blanks are counted, so that no run of them takes long to look through.
LINE_END = r"[ \t]{0,8}-?[ \t]{0,8}\n[ \t]{0,8}(?:\n[ \t]{0,8})?"
BETWEEN = rf"(?:{LINE_END}|[ \t]{{1,2}}|[ \t]?-[ \t]?)"
RUN = re.compile(rf"\d(?:{BETWEEN}?\d)*(?:{BETWEEN}?[Xx](?![A-Za-z0-9]))?")
GROUP = re.compile(r"\d+[Xx]?|[Xx]")
SEPARATORS = re.compile(r"[\s-]+")
HAN = re.compile(r"[\u3400-\u9fff]")

PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
FIRST_BIRTH, LAST_BIRTH = 1860, 2100
CARD = re.compile(r"(?:2[2-7]|3[05-9]|[456]\d)\d{14,17}")
MOBILE = re.compile(r"(?:0|86|0086)?(1[3-9]\d{9})")
MOBILE_GROUPS = {(11,), (3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (5, 6)}
LONGEST = 20  # digits of a number that is looked for

# What stands before a number says what it is; the text between holds no digit.
IDENTITY_WORDS = re.compile(r"身份证|身分证|身份号|公民身份|居民证|证件号|身份证明")
CARD_WORDS = re.compile(r"卡号|账号|帐号|账户|帐户|银行卡|信用卡|储蓄卡|借记卡|存折|户头|汇款|汇入")
TELEPHONE_WORDS = re.compile(r"电话|手机|联系|咨询|热线|致电|拨打|报名|移动|微信|客服|传呼|(?i:tel|mob)")
PERSONAL_WORDS = re.compile("|".join(words.pattern for words in (IDENTITY_WORDS, CARD_WORDS)) + "|电话|手机|联系")
DISABLED_WORDS = re.compile(r"残疾人?证|残疾军人证")
# Called so directly before it, a number without a check digit of its own kind is none of a person.
OTHERWISE_CALLED = re.compile(
    r"(?:订单|单号|编号|批号|文号|备案|注册号|信用代码|机构代码|书号|刊号|ISBN|ISSN|CN|代号|发票|合同|条形?码|邮编|邮政编码"
    r"|许可证|招标|标书|项目|准字|准印|标准|流水|期号|票号|彩票|证书|代码|序列|型号|运单|快递|学号|[￥¥$＄])"
    r"(?:号码?)?\s*(?:为|是|[:：#№第（(])?\s*$",
    re.IGNORECASE,
)
CREDIT_CODE = re.compile(r"(?:信用代码|机构代码)[^\d]{0,6}$")
MEASURED = re.compile(r"\s?(?:[元万亿%％‰吨米]|千瓦|公斤|千克|平方|美元|人次|\.\d|,\d{3})")
REACH = 40  # characters before a number in which its word is looked for


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `start` to `end` of the text; of its digits those from `hidden` on are not for readers."""

    start: int
    end: int
    hidden: int
    kind: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper whose number has no check digit: its words, the form of its number, and the name of the kind."""

    kind: str
    words: str
    form: str

    @property
    def pattern(self) -> re.Pattern[str]:
        # A blank, a line's end or a hyphen may stand between any two characters of the number.
        return re.compile(rf"(?:{self.words})[^\d。；;\n]{{0,10}}?(?:{LINE_END})?(?<![A-Z\d])({self.form})(?![A-Z\d])")


G = rf"(?:{BETWEEN})?"


def digits(least: int, most: int) -> str:
    return rf"\d(?:{G}\d){{{least - 1},{most - 1}}}"


PAPERS = tuple(
    (paper.kind, paper.pattern)
    for paper in (
        Paper("护照号码", r"护照", rf"[A-Z]{{1,2}}{G}{digits(7, 8)}|1[45]{G}{digits(7, 7)}"),
        Paper("通行证号码", r"通行证|台胞证|回乡证", rf"[A-Z]{G}{digits(8, 10)}|{digits(8, 10)}"),
        Paper(
            "证件号码",
            r"军官证|士兵证|军人证|文职干部证|士官证|军官退休证|警官证|人民警察证|武警证|退伍证|转业证|复员证|残疾军人证",
            digits(6, 10),
        ),
        Paper("驾驶证号码", r"驾驶证|驾照|行驶证", digits(12, 12)),
        Paper(
            "社会保障号码",
            r"社保号|社会保障号|社会保险号|社保卡|社会保障卡|医保卡|医保证|医疗保险证|医疗证|公积金账号|公积金帐号",
            rf"[A-Z]?{G}{digits(8, 12)}",
        ),
        Paper("出生证编号", r"出生(?:医学)?证明?", rf"[A-Z]{G}{digits(9, 9)}"),
        Paper(
            "住宅电话",
            r"(?:住宅|家庭|宅内|家中|家里|私人)(?:的)?(?:联系)?电话|宅电|(?<=[（(])[住宅家](?=[）)])|电话[（(][住宅家][）)]",
            rf"(?:[（(]?0\d{{2,3}}[）)]?{G})?[2-8]{G}{digits(6, 7)}",
        ),
    )
)


def find_numbers(text: str) -> list[Number]:
    """The numbers of persons in `text`, in its order; none overlaps another."""
    narrow = text.translate(WIDE)
    found = [*_by_digits(narrow), *_papers(narrow)]
    numbers: list[Number] = []
    for number in sorted([*found, *_again(narrow, found)], key=lambda n: (n.start, -n.end)):
        if not numbers or number.start >= numbers[-1].end:
            numbers.append(number)
    return numbers


def _again(text: str, found: Iterable[Number]) -> Iterator[Number]:
    """The same digits elsewhere in the text, where no word tells of them: pages repeat their lines."""
    told = {SEPARATORS.sub("", text[number.start : number.end]): number for number in found}
    for said, number in told.items():
        kept = number.hidden - number.start
        for match in re.finditer(rf"(?<![A-Za-z\d]){re.escape(said)}(?![A-Za-z\d])", text):
            yield Number(match.start(), match.end(), match.start() + min(kept, 4), number.kind)


def _papers(text: str) -> Iterator[Number]:
    for kind, pattern in PAPERS:
        for match in pattern.finditer(text):
            yield Number(match.start(1), match.end(1), match.start(1), kind)


def _by_digits(text: str) -> Iterator[Number]:
    for run in RUN.finditer(text):
        if run.end() - run.start() >= 11:
            yield from _in_run(text, run)


def _in_run(text: str, run: re.Match[str]) -> Iterator[Number]:
    """Of a run of digits in groups, the windows of whole groups that are such a number, longest first from the left."""
    groups = list(GROUP.finditer(text, run.start(), run.end()))
    starts, first = [group.start() for group in groups], 0
    while first < len(groups):
        found = _longest_from(text, groups, first)
        if found is None:
            first += 1
            continue
        yield found
        first = bisect_right(starts, found.end - 1)


def _longest_from(text: str, groups: list[re.Match[str]], first: int) -> Number | None:
    found, said = None, ""
    for last in range(first, len(groups)):
        said += groups[last].group()
        if len(said) > LONGEST:
            break
        if len(said) >= 11 and (kind := _kind(text, groups, first, last, said.upper())):
            name, kept = kind
            start, end = groups[first].start(), groups[last].end()
            found = Number(start, end, _place(groups[first : last + 1], kept), name)
    return found


def _place(groups: list[re.Match[str]], kept: int) -> int:
    """Where in the text the digit after the first `kept` ones stands."""
    for group in groups:
        if kept < len(group.group()):
            return group.start() + kept
        kept -= len(group.group())
    return groups[-1].end()


def _kind(text: str, groups: list[re.Match[str]], first: int, last: int, said: str) -> tuple[str, int] | None:
    """What number the digits of these groups are, and how many of its first digits may be shown."""
    start, end = groups[first].start(), groups[last].end()
    before = text[max(0, start - REACH) : start]
    if is_identity_number(said) and not CREDIT_CODE.search(before):
        return "身份证号码", 2
    if len(said) == 20 and is_identity_number(said[:18]) and DISABLED_WORDS.search(before):
        return "残疾人证号码", 2
    if not said.isdigit() or text[max(0, start - 1) : start] == "." or _is_code(before):
        return None
    if MEASURED.match(text, end) and not PERSONAL_WORDS.search(before):  # 万先生 may follow a telephone
        return None
    if is_old_identity_number(said) and IDENTITY_WORDS.search(before):
        return "身份证号码", 2
    called_a_card = said.startswith("62") or CARD_WORDS.search(before)
    if called_a_card and is_card_number(said) and _in_fours(groups[first : last + 1], text):
        return "银行卡号", 4
    if (match := MOBILE.fullmatch(said)) and _is_set_as_mobile(text, groups, first, last, before):
        return "手机号码", match.start(1) + 3
    return None


def _is_code(before: str) -> bool:
    """Do the words before a number say that it is none of a person?"""
    if OTHERWISE_CALLED.search(before):
        return True
    # A letter before it makes it a code, but for TEL and the like.
    return bool(re.search(r"[A-Za-z]$", before)) and not re.search(r"(?i)(?:tel|mob|mobile|phone|no|vx|wx|dh)$", before)


def is_identity_number(said: str) -> bool:
    if not re.fullmatch(r"\d{17}[\dX]", said) or said[:2] not in PROVINCES or not _is_day(said[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, said, strict=False))
    return CHECK_DIGITS[total % 11] == said[17]


def is_old_identity_number(said: str) -> bool:
    return len(said) == 15 and said[:2] in PROVINCES and _is_day(f"19{said[6:12]}")


def is_card_number(said: str) -> bool:
    """By prefix and Luhn's check digit."""
    if not CARD.fullmatch(said):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in said[-2::-2])
    return (sum(map(int, said[-1::-2])) + sum(doubled)) % 10 == 0


def _is_day(said: str) -> bool:
    year, month, day = int(said[:4]), int(said[4:6]), int(said[6:])
    try:
        return FIRST_BIRTH <= date(year, month, day).year <= LAST_BIRTH
    except ValueError:
        return False


def _in_fours(groups: list[re.Match[str]], text: str) -> bool:
    """Is a card's number in groups of four, or in six and the rest, or in one, line ends aside?"""
    lengths = _lengths(groups, text)
    return len(lengths) == 1 or lengths[0] == 6 or all(n == 4 for n in lengths[:-1])


def _lengths(groups: list[re.Match[str]], text: str) -> list[int]:
    """How long the groups of digits are; a line that ends makes no new group."""
    lengths = [len(groups[0].group())]
    for i, group in enumerate(groups[1:]):
        if "\n" in text[groups[i].end() : group.start()]:
            lengths[-1] += len(group.group())
        else:
            lengths.append(len(group.group()))
    return lengths


def _is_set_as_mobile(text: str, groups: list[re.Match[str]], first: int, last: int, before: str) -> bool:
    """Eleven digits say little: their groups must be a telephone's, and where they are apart they must stand alone, or
    a word such as 电话 before them."""
    mine = groups[first : last + 1]
    gaps = [text[a.end() : b.start()] for a, b in pairwise(mine)]
    if mine[0].group() in ("0", "86", "0086"):
        mine, gaps = mine[1:], gaps[1:]
    lengths = _lengths(mine, text)
    if sum(lengths) > 11:  # with the 0 or the 86 in front
        lengths[0] -= sum(lengths) - 11
    if tuple(lengths) not in MOBILE_GROUPS:
        return False
    apart = {gap for gap in gaps if "\n" not in gap}
    if not gaps:
        return True
    if len(apart) > 1:
        return False
    if TELEPHONE_WORDS.search(before):
        return True
    if any("\n" in gap for gap in gaps):
        return all(HAN.search(line) for line in _lines_around(text, mine[0].start(), mine[-1].end()))
    return "-" in "".join(apart) or _stands_alone(text, groups, first, last)


def _lines_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands on the line before the number, and on the line behind it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    return before, text[end : stop if stop >= 0 else len(text)]


def _stands_alone(text: str, groups: list[re.Match[str]], first: int, last: int) -> bool:
    """No further figures on its line, as in a table."""
    line_before = first and "\n" not in text[groups[first - 1].end() : groups[first].start()]
    line_after = last + 1 < len(groups) and "\n" not in text[groups[last].end() : groups[last + 1].start()]
    return not line_before and not line_after
