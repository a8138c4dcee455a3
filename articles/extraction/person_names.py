"""Could these characters be a person's name? A surname, a length and jieba's dictionary decide: no list of people.

    is_name("林小满"), is_name("欧阳青禾"), is_name("古丽娜尔·买买提")   -> True
    is_name("高度重视"), is_name("石桥镇"), is_name("了解到")           -> False
    split_names("林小满赵一舟")                                       -> ("林小满", "赵一舟")

Bylines are the only place where this is asked: in running text a surname proves nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from . import segmentation

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹"
    "狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜"
    "松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲"
    "邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏"
    "柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾"
    "辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦商牟佘佴"
    "伯赏墨哈谯笪年爱阳佟言福付代覃原邸兰戢苟麦揭冼卿粟敬种药呼战银青仝仵庹佀邝训衣生降英撒才底亓鹿修来睢檀苑院郇"
    "栗冶初信门曷丛旷畅楼荘但补綦尉沐隋迟渠矫雒菅呙衷蹇冒揣盘粘闪腾禤恽眭谌苌虢颉镡鬲钊承历植斯奉妥拜漆忻"
)
COMPOUND_SURNAMES = frozenset(
    """
    欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 令狐 慕容 司徒 司空 东方 独孤 南宫 端木 轩辕 长孙 宇文 闻人 呼延
    拓跋 西门 申屠 公羊 澹台 百里 赫连
    钟离 闾丘 濮阳 淳于 公冶 宗政 太叔 仲孙 鲜于 万俟 谷梁 公良 公西 颛孙 巫马 乐正 漆雕 亓官 司寇 夹谷 段干 羊舌
    """.split()
)
# Surnames that are far commoner as ordinary words: a name that begins with one needs a rank before it.
_WEAK_SURNAMES = frozenset("和有从相后能年都应经法通空来生才但种须公国成益况爱越别终同承历斯植盘门")
# And surnames that are often the first word of a phrase: 于海涛 is a name, 于今年 is not.
_PHRASE_SURNAMES = _WEAK_SURNAMES | frozenset("于时向全明水平海家为")
# What places and bodies end in; a name ends in one seldom enough to ask for more proof.
_BODY_ENDINGS = re.compile(
    r"(?:省|市|县|区|州|盟|旗|镇|乡|村|街道|街|路|巷|弄|埠|局|厅|署|委|办|部|处|科|室|所|站|队|院|校|园|馆|台|社|报|网|厂|矿|店|行|司|会|团|"
    r"中心|大学|中学|小学|基地|支部|政府|媒体|频道|客户端)$"
)
# Occurrences in jieba's corpus; people are not named by words as common as this (单位 17532, 安全 9921; 高洁 49).
_COMMON_WORD = 5000
_RARE_WORD = 100  # words rarer than this are nobody's name but may be a pen name: 寸心, 晨曦
_SELDOM = 1000  # and these seldom begin a phrase: 石安 256, but 方便 3718
# What brackets at the end of an article hold besides names.
_NO_PEN_NAMES = frozenset(
    (
        "编后 编者 链接 导语 提示 点评 背景 附录 "
        "待续 未完 续完 连载 图略 下略 有删节 有删改 未完待续 附图 上图 下图 左图 右图 题图 插图 同上 下同"
    ).split()
)
_DEEDS = frozenset("讲话 致辞 发言 主持 出席 参加 带队 陪同 会见".split())  # whatever the dictionary calls them
_WESTERN_OR_MINORITY = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fff]{1,8}){1,3}")
_HAN = re.compile(r"[\u3400-\u9fff]+")


_known: ContextVar[frozenset[str]] = ContextVar("known", default=frozenset())


@contextmanager
def knowing(people: frozenset[str]) -> Iterator[None]:
    """Within it, in this thread, these are names: those that the archive's bylines name again and again."""
    token = _known.set(people)
    try:
        yield
    finally:
        _known.reset(token)


def is_name(text: str, *, marked: bool = False) -> bool:
    """Is `text` (no white space) a name? `marked`: a rank such as 记者 goes with it, so it is hardly anything else."""
    if text in _known.get():
        return True
    if "·" in text or "•" in text:
        return bool(_WESTERN_OR_MINORITY.fullmatch(text))
    if not _HAN.fullmatch(text) or not 2 <= len(text) <= 4:
        return False
    compound = text[:2] in COMPOUND_SURNAMES
    if text[0] not in SURNAMES and not compound:
        return marked and not segmentation.is_word(text) and not _is_sentence(text)
    if len(text) == 4 and not compound:
        return marked and not _is_phrase(text)
    if text[0] in _PHRASE_SURNAMES and len(text) > 2 and _is_ordinary(text[1:]):
        return False
    if _BODY_ENDINGS.search(text) and not (marked and not _is_place(text)):
        return False
    if compound and len(text) >= 3:
        return True
    if marked:
        common = segmentation.word_frequency(text) > _COMMON_WORD
        phrase = _is_phrase(text) and not (len(text) == 3 and _begins_rarely(text))
        return not (common or phrase or _is_function_word(text))
    return text[0] not in _WEAK_SURNAMES and not _is_ordinary(text) and not _is_phrase(text)


# Characters of the names that so long a run may be made of.
_SIZES = {4: ((2, 2),), 5: ((3, 2), (2, 3)), 6: ((3, 3),), 8: ((2, 3, 3), (3, 2, 3), (3, 3, 2)), 9: ((3, 3, 3),)}


def split_names(run: str, *, marked: bool = False) -> tuple[str, ...]:
    """The names of which `run` is made, or none when it cannot be read as names: 林小满赵一舟 is two of them."""
    one = is_name(run, marked=marked)
    if one and not _splits_evenly(run):
        return (run,)
    if is_deed(run):
        return ()
    for sizes in _SIZES.get(len(run), ()):
        cuts = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
        parts = tuple(run[a:b] for a, b in itertools.pairwise(cuts))
        if all(p[0] in SURNAMES and is_name(p, marked=marked) for p in parts):
            return parts
    return (run,) if one else ()


def is_deed(run: str) -> bool:
    """林小满讲话, 林小满出席: who did what, under the headline of a meeting. Not two names run together."""
    name, deed = run[:-2], run[-2:]
    if not 2 <= len(name) <= 3 or segmentation.word_frequency(deed) < _SELDOM or not is_name(name):
        return False
    return segmentation.tag_words(deed)[0][1].startswith("v") or deed in _DEEDS


def is_ranked_name(text: str) -> bool:
    """Does `text` read as a name where a rank stands before it, whatever its first character: 记者 水无瑕?

    Words of a sentence (了解到, 近日, 走进老街) may follow a rank too; nothing else of two to four characters does.
    """
    if not _HAN.fullmatch(text) or not 2 <= len(text) <= 4:
        return False
    found = segmentation.tag_words(text)
    if len(text) == 4:
        return all(len(word) == 1 or not tag or tag.startswith("nr") for word, tag in found)
    first, tag = found[0]
    if first in _PARTICLES or text[-1] in "的了":
        return False
    doing = len(first) > 1 or (first not in SURNAMES and segmentation.word_frequency(first) > _COMMON_WORD)
    spoken = doing and bool(tag) and tag[0] in _SENTENCE_TAGS
    return not (spoken or _is_ordinary(text))


def is_pen_name(text: str) -> bool:
    """Two to four characters that are neither words run together nor a place: 砚边生, but not 城管出动 or 石桥镇."""
    if not _HAN.fullmatch(text) or not 2 <= len(text) <= 4 or text in _NO_PEN_NAMES or is_body(text):
        return False
    if segmentation.is_word(text):
        return is_word_and_name(text) or _is_rare_noun(text)
    return is_name(text) or not _is_sentence(text)


def _is_rare_noun(text: str) -> bool:
    if len(text) != 2 or segmentation.word_frequency(text) >= _RARE_WORD:
        return False
    return segmentation.tag_words(text)[0][1] == "n"


def is_word_and_name(text: str) -> bool:
    """A word that is somebody's name too: 高洁, 文华. Not 单位 or 方面, which are common, nor places."""
    if not 2 <= len(text) <= 3 or text[0] not in SURNAMES or segmentation.word_frequency(text) > _COMMON_WORD:
        return False
    return not _is_function_word(text) and not _is_place(text)


def ends_like_body(text: str) -> bool:
    """Has `text` the ending of a place or an organisation, and is it longer than most names that end so?"""
    return len(text) > 2 and bool(_BODY_ENDINGS.search(text))


def is_body(text: str) -> bool:
    """Is `text` a place or an organisation, by its ending? 青石县供电公司, 县委宣传部."""
    if not _HAN.match(text) or not ends_like_body(text):
        return False
    tags = [tag for _, tag in segmentation.tag_words(text)]
    if tags[-1].startswith("v") and len(tags) > 1:
        return False  # 作具体部署
    return not tags[0].startswith("v") and not any(tag and tag[0] in _FUNCTION_TAGS for tag in tags)


_PARTICLES = "的了在是为从到于和与对把被将向也都就不有等"
# Verbs, times, and what `_FUNCTION_TAGS` holds.
_SENTENCE_TAGS = "vtfmpcudr"
# Prepositions, conjunctions, particles, adverbs, pronouns: they make a sentence of what else might be a name.
_FUNCTION_TAGS = "pcudr"


def _splits_evenly(run: str) -> bool:
    """Four characters that read as two names of two: a surname at the third, and no surname of two characters first."""
    return len(run) == 4 and run[:2] not in COMPOUND_SURNAMES and run[2] in SURNAMES


def _is_ordinary(text: str) -> bool:
    """A dictionary word that is no name: 高峰, 金秋, 方言."""
    return segmentation.is_word(text) and not segmentation.tag_words(text)[0][1].startswith("nr")


def _is_function_word(text: str) -> bool:
    tag = segmentation.tag_words(text)[0][1] if segmentation.is_word(text) else ""
    return bool(tag) and tag[0] in "dpcurtmqf"


def _is_phrase(text: str) -> bool:
    """Words run together, not a surname and a given name: 方便|就医, 石家庄|市; 李|东方 is a name."""
    found = segmentation.tag_words(text)
    if len(found) < 2:
        return False
    first, tag = found[0]
    return len(first) >= 2 and not tag.startswith("nr") and bool(tag)


def _begins_rarely(text: str) -> bool:
    """石安|之 begins with a word that hardly anybody uses: a name all the same where a rank says so."""
    return segmentation.word_frequency(segmentation.words(text)[0]) < _SELDOM


def _is_sentence(text: str) -> bool:
    """Holds a word of two characters or a particle, which names of no known surname seldom do: 为全力, 了解到."""
    return any(
        (len(word) >= 2 and not tag.startswith("nr")) or word in _PARTICLES
        for word, tag in segmentation.tag_words(text)
    )


def _is_place(text: str) -> bool:
    return segmentation.is_word(text) and segmentation.tag_words(text)[0][1].startswith("ns")
