"""Bytes of a page file -> text, whatever encoding it was saved in.

Page files come as UTF-8 (with or without a mark), UTF-16, GB18030 (with GBK and GB2312 inside it) and Big5, cut short
or with a byte damaged here and there. Each decoding is tried and scored by what it yields: right ones give common
characters, wrong ones rare characters, private-use characters and replacement marks:

    今天是晴天 in GB18030, read as Big5   -> 踏毞岆
    今天是晴天 in GB18030, read as UTF-8  -> ��������

A damaged byte stays visible as U+FFFD and is counted; nothing is guessed in its place.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

# The commonest characters of newspaper prose, about half of any Chinese text; simplified, then what traditional adds.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
    "果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回"
    "则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花"
    "带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织"
    "装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往市街镇村县记者讯"
    "這個國來時們會對發動學說產種後經進著電裡點從業開還應與關題員實現體機當條問間樣無義線總設長頭資邊統將組見計別農區強幹戰則據處隊"
    "給門導濟領壓爭階術極聯認權證轉單風帶場車務萬達積報鬥議類離華張馬節話確傳許記觀織裝眾書復兒須際難連驗斷礦備辦習響約勞團縣訊"
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·　０１２３４５６７８９％－～□■◆●△▲※→←↑↓|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# GB2312 and GBK are parts of GB18030, and files that claim them often hold characters of the larger set.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf-8-sig": "utf-8", "ascii": "utf-8"}
_PRINTED_NAMES = {"big5hkscs": "big5"}
# Right decodings score .6 to 1 a character, less where damage shifts the pairs of a short GB18030 file; wrong ones and
# binary data score under 0.
_LEAST_SCORE = 0.2
# Characters that are no text at all; files that hold more of them than this are binary whatever else they hold.
_MOST_CONTROLS = 0.35
# Enough to tell, and keeps a file of hundreds of megabytes from being decoded five times over.
_SAMPLE = 65536
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MAGIC = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "ZIP 压缩包或 Office 文档"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"\x1f\x8b", "GZIP 压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
)


class UndecodableText(ValueError):
    """The bytes are no text, or not in the encoding that the caller named. The message is for the user, in Chinese."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with `\\n` line ends and no control characters; how it was read and what was lost in reading it."""

    text: str
    encoding: str  # utf-8, gb18030, big5, utf-16-le or utf-16-be, or what the caller asked for
    replaced: int = 0  # replacement characters in the text
    controls: int = 0  # control characters stripped


def decode_page(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a page file; raises UndecodableText for what is no text."""
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise UndecodableText("文件是空的，没有可读的文字。")
    decoded = _decode_as_told(data, encoding) if encoding else _decode_by_score(data)
    if not decoded.text.strip():
        raise UndecodableText("文件是空的，没有可读的文字。")
    return decoded


def _decode_as_told(data: bytes, name: str) -> Decoded:
    try:
        canonical = codecs.lookup(name.strip()).name
        canonical = _SUPERSETS.get(canonical, canonical)
        return _tidy(data.decode(canonical, errors="replace"), canonical)
    except UnicodeError as error:
        raise UndecodableText(f"无法按编码“{name}”读取文件。") from error
    except (LookupError, ValueError) as error:
        raise UndecodableText(f"不认识的编码“{name}”。可用：utf-8、gb18030、big5、utf-16-le、utf-16-be。") from error


def _decode_by_score(data: bytes) -> Decoded:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UndecodableText(f"这是{what}，不是文本。请先导出为纯文本。")
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _tidy(data.decode(name, errors="replace"), name)
    if _is_utf8(data):
        return _tidy(data.decode(errors="replace"), "utf-8")
    score, _, name = max((_score(_sample(data, name)), -i, name) for i, name in enumerate(_CANDIDATES))
    if score < _LEAST_SCORE:
        raise UndecodableText("无法识别文字编码：文件不是文本，或已损坏。可以指定编码再试。")
    return _tidy(data.decode(name, errors="replace"), name)


def _is_utf8(data: bytes) -> bool:
    """Valid UTF-8, perhaps cut inside its last character, that is not mostly control characters: text in any script."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return len(_CONTROLS.findall(text)) <= len(text) * _MOST_CONTROLS


def _sample(data: bytes, name: str) -> str:
    """The start of the file in one encoding, without the character that the cut may have split."""
    text = data[:_SAMPLE].decode(name, errors="replace")
    return text.rstrip("\ufffd") if len(data) > _SAMPLE else text


def _score(text: str) -> float:
    """Mean worth of a character: 1 for what prose is made of, below 0 for what only a wrong decoding yields."""
    return sum(_worth(char) * count for char, count in Counter(text).items()) / max(1, len(text))


@cache
def _worth(char: str) -> float:
    code = ord(char)
    if char in _COMMON:
        return 1.0
    if 0x20 <= code < 0x7F or char in "\n\t\r" or char in _PUNCTUATION:
        return 0.9
    if 0x4E00 <= code <= 0x9FFF:
        return 0.6 if _is_ordinary(char) else -0.2
    if 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E or 0x2010 <= code <= 0x2266 or code == 0xB7:
        return 0.4
    if code < 0x20:
        return -4.0
    return -2.0 if char == "\ufffd" else -1.0


def _is_ordinary(char: str) -> bool:
    """In the first level of GB2312 or Big5, the few thousand characters that people know how to read."""
    for encoding, last in (("gb2312", b"\xd7\xff"), ("big5", b"\xc6\x7e")):
        try:
            if char.encode(encoding) <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _tidy(text: str, encoding: str) -> Decoded:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text, controls = _CONTROLS.subn("", text)
    text = _SURROGATES.sub("\ufffd", text)
    return Decoded(text, _PRINTED_NAMES.get(encoding, encoding), text.count("\ufffd"), controls)
