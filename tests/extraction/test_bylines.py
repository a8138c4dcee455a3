"""Bylines in lines, and the people they name."""

import pytest

from articles.extraction.bylines import find_bylines, parse_credits


def found(line, **options):
    """Bylines of a line as text, each with whether it closes."""
    return [(line[span.start : span.end], span.closes) for span in find_bylines(line, **options)]


def people(text):
    return [(credit.name, credit.role, credit.unit) for credit in parse_credits(text)]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("本报讯(记者林小满)城东老街昨日亮灯。", "本报讯(记者林小满)"),
        ("本报讯 （记者 林小满 通讯员 赵一舟）城东老街亮灯。", "本报讯 （记者 林小满 通讯员 赵一舟）"),
        ("本报讯 记者林小满报道：5月8日，老街亮灯。", "本报讯 记者林小满报道："),
        ("本报讯 记者林小满 见习记者赵一舟报道:老街亮灯。", "本报讯 记者林小满 见习记者赵一舟报道:"),
        ("本报讯 记者林小满 近日,老街亮灯。", "本报讯 记者林小满"),
        ("本报讯 为迎接灯会,老街提前三天封路。", "本报讯"),
        ("新华社青石12月3日电 (记者林小满、赵一舟)灯会开幕。", "新华社青石12月3日电 (记者林小满、赵一舟)"),
        ("据新华社青石12月3日电 灯会开幕。", "据新华社青石12月3日电"),
        ("本报5月8日讯（记者林小满）灯会开幕。", "本报5月8日讯（记者林小满）"),
        ("又讯 (林小满)灯会延长三天。", "又讯 (林小满)"),
        ("(本报记者林小满)日前,老街亮灯。", "(本报记者林小满)"),
        ("晚报讯（记者沙青 通讯员江柏）老街亮灯。", "晚报讯（记者沙青 通讯员江柏）"),
        ("商报讯 记者林小满 近日，老街亮灯。", "商报讯 记者林小满"),
        ("晚报讯　为迎接灯会，老街提前三天封路。", "晚报讯"),
        ("晚报5月8日讯（记者林小满）灯会开幕。", "晚报5月8日讯（记者林小满）"),
        ("晚报热线00000000讯（记者林小满）灯会开幕。", "晚报热线00000000讯（记者林小满）"),
        ("青石网讯（记者林小满）灯会开幕。", "青石网讯（记者林小满）"),
        ("青石晚报·青石发布讯（记者林小满）灯会开幕。", "青石晚报·青石发布讯（记者林小满）"),
        ("本报青石讯（记者林小满）灯会开幕。", "本报青石讯（记者林小满）"),
        ("青石讯（通讯员 市公安局 綦小楼）灯会开幕。", "青石讯（通讯员 市公安局 綦小楼）"),
        ("据央视新闻 灯会今夜开幕。", "据央视新闻"),
    ],
)
def test_a_byline_opens_the_first_paragraph(line, byline):
    assert found(line) == [(byline, False)]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("灯火一直亮到深夜。(林小满)", "(林小满)"),
        ("灯火一直亮到深夜。（林小满 赵一舟）", "（林小满 赵一舟）"),
        ("灯火一直亮到深夜。·林小满 赵一舟·", "·林小满 赵一舟·"),
        ("灯火一直亮到深夜。(青石县供电公司 林小满)", "(青石县供电公司 林小满)"),
        ("灯火一直亮到深夜。林小满 摄", "林小满 摄"),
        ("灯火一直亮到深夜。本报记者 林小满 摄影报道", "本报记者 林小满 摄影报道"),
        ("图为灯会现场。林小满摄(青石图片)", "林小满摄(青石图片)"),
        ("灯会现场 林小满 摄", "林小满 摄"),
        ("灯火一直亮到深夜。（作者为青石大学教授）", "（作者为青石大学教授）"),
        ("灯火一直亮到深夜。(本报记者)", "(本报记者)"),
        ("灯火一直亮到深夜。(林小满", "(林小满"),
        ("灯火一直亮到深夜。(高洁)", "(高洁)"),
        ("“灯火一直亮到深夜。”(林小满)", "(林小满)"),
        ("灯火一直亮到深夜。(县文旅局供稿)", "(县文旅局供稿)"),
        ("灯火一直亮到深夜。(据《青石日报》)", "(据《青石日报》)"),
        ("灯火一直亮到深夜。（綦小楼）", "（綦小楼）"),
        ("灯火一直亮到深夜。（市文旅局 綦小楼）", "（市文旅局 綦小楼）"),
        ("灯火一直亮到深夜。（綦小楼 通讯员 江柏）", "（綦小楼 通讯员 江柏）"),
        ("灯火一直亮到深夜。晚报记者 林小满 摄", "晚报记者 林小满 摄"),
        ("灯火一直亮到深夜。（综合新华社、央视新闻报道）", "（综合新华社、央视新闻报道）"),
    ],
)
def test_a_byline_closes_the_last_paragraph(line, byline):
    assert found(line) == [(byline, True)]


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("□本报记者 林小满", False),
        ("□ 本报记者 林小满 通讯员 赵一舟", False),
        ("本报记者 林小满 文/图", False),
        ("文/图 本报记者 林小满", False),
        ("林小满 赵一舟", False),
        ("本报记者 林小满 摄", True),
        ("林小满摄（青石图片）", True),
        ("周 禾 文 孙大川 摄", True),
        ("·林小满·", True),
        ("（林小满）", True),
        ("（石 苔）", True),
        ("（本报记者林小满、赵一舟、周禾）", True),
        ("(本报青石、南岭、东河5月8日电 记者林小满、赵一舟)", True),
        ("（作者单位：青石大学(青石研究院)）", True),
        ("（执笔：林小满）", True),
        ("（作者林小满系青石大学教授）", True),
        ("（作者：林小满，单位：青石大学）", True),
        ("本版图片由本报记者 林小满 摄", True),
        ("数据来源：青石县统计局 制图：林小满", True),
        ("（本报记者林小满整理）", True),
        ("（摘自5月8日《青石日报》）", True),
    ],
)
def test_a_line_can_be_all_byline(line, closes):
    assert found(line) == [(line, closes)]


def test_a_line_may_open_and_close():
    assert found("本报讯 老街昨日亮灯。(林小满)") == [("本报讯", False), ("(林小满)", True)]


def test_offsets_count_from_the_line_with_its_indent():
    assert found("　　本报讯(记者林小满)老街亮灯。") == [("本报讯(记者林小满)", False)]


@pytest.mark.parametrize(
    "line",
    [
        "记者从县文旅局获悉,灯会今晚开幕。",
        "记者:灯会办了多少年?",
        "本报记者走进国家电网青石公司",
        "他对本报记者说,灯会办得好。",
        "林小满参加",
        "高质量发展",
        "平安 和谐",
        "方便就医",
        "老街灯会今夜开幕",
        "灯会由县文旅局主办(县城管局协办)",
        "灯会在老街举行(石桥镇)",
        "(下转第三版)",
        "灯火一直亮到深夜。(完)",
        "(待续)",
        "老街灯会(青石风物)",
        "读懂“灯会”(新论)",
        "灯火一直亮到深夜。(单位)",
        "■记者手记",
        "责任编辑:林小满",
        "老街喜讯 人人传",
        "林小满讲话",
        "林小满讲话 赵一舟作具体部署",
        "林小满出席 赵一舟主持",
        "记者走进老街，灯火通明。",
        "记者了解到：老街亮灯。",
        "通讯员队伍建设",
        "",
        "   ",
    ],
)
def test_what_only_looks_like_a_byline_is_none(line):
    assert found(line) == []


def test_a_pen_name_counts_only_under_a_headline():
    assert found("砚边生") == []
    assert found("砚边生", under_headline=True) == [("砚边生", False)]
    assert found("书记参加", under_headline=True) == []


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        ("本报讯(记者林小满)", [("林小满", "reporter", "本报")]),
        ("□本报记者 林小满", [("林小满", "reporter", "本报")]),
        ("见习记者 林小满 实习生 赵一舟", [("林小满", "trainee", ""), ("赵一舟", "trainee", "")]),
        ("通讯员林小满 本报记者赵一舟", [("林小满", "correspondent", ""), ("赵一舟", "reporter", "本报")]),
        ("特约记者 林小满", [("林小满", "reporter", "")]),
        ("新华社记者 李 明摄", [("李明", "photographer", "新华社")]),
        ("林小满 赵一舟 摄影报道", [("林小满", "photographer", ""), ("赵一舟", "photographer", "")]),
        ("本报记者 林小满文 赵一舟摄", [("林小满", "reporter", "本报"), ("赵一舟", "photographer", "本报")]),
        ("文/林小满 图/赵一舟", [("林小满", "author", ""), ("赵一舟", "photographer", "")]),
        ("(青石县供电公司 林小满)", [("林小满", "author", "青石县供电公司")]),
        ("（作者为青石大学校长，本报记者林小满采访整理）", [("林小满", "reporter", "本报")]),
        ("（作者为青石县农业局局长林小满）", [("林小满", "author", "")]),
        ("（李　明 王　川）", [("李明", "author", ""), ("王川", "author", "")]),
        ("本报记者 古丽娜尔·买买提", [("古丽娜尔·买买提", "reporter", "本报")]),
        ("本报记者 欧阳青禾", [("欧阳青禾", "reporter", "本报")]),
        ("本报记者林小满赵一舟", [("林小满", "reporter", "本报"), ("赵一舟", "reporter", "本报")]),
        ("本报记者 孙博文、李图", [("孙博文", "reporter", "本报"), ("李图", "reporter", "本报")]),
        ("青石日报记者 林小满", [("林小满", "reporter", "青石日报")]),
        ("石上苔", [("石上苔", "author", "")]),
        ("（本报记者）", []),
        ("（作者为青石大学教授）", []),
        ("（本报开罗5月8日电）", []),
        ("责任编辑:林小满", []),
    ],
)
def test_people_are_read_with_rank_and_house(text, credits):
    assert people(text) == credits


def test_somebody_named_twice_is_credited_once_in_the_first_rank():
    assert people("本报记者 林小满 文 林小满 摄") == [("林小满", "reporter", "本报")]


def test_a_credit_carries_its_block():
    assert [credit.block for credit in parse_credits("(林小满)", block=7)] == [7]


@pytest.mark.parametrize("text", ["本报讯 记者从县里获悉", "记者昨日了解到", "(高度重视)", "为全力保障"])
def test_nobody_is_made_of_ordinary_words(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("（柳湄供图）", [("柳湄", "photographer")]),
        ("林小满翻拍", [("林小满", "photographer")]),
        ("（青石县博物馆供图）", []),
        ("◎苏蘅", [("苏蘅", "author")]),
        ("口述:林小满(青石县农技站高级农艺师) 整理:赵一舟", [("林小满", "author"), ("赵一舟", "author")]),
    ],
)
def test_who_gave_a_picture_or_told_a_story_is_named_without_the_verb(text, named):
    assert [(name, role) for name, role, _ in people(text)] == named
    assert find_bylines(text)[0].end == len(text)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("晚报记者 沙小芒 实习生 路遥遥", "沙小芒 路遥遥"),
        ("日报首席记者 沙小芒", "沙小芒"),
        ("青石新闻 记者 沙小芒 实习记者 江柏", "沙小芒 江柏"),
        ("青石今报·青石客户端记者 沙小芒", "沙小芒"),
        ("本报全媒体记者 綦小楼 通讯员 沐春 文/图", "綦小楼 沐春"),
        ("融媒体记者 綦小楼　水无瑕　高兴国", "綦小楼 水无瑕 高兴国"),
        ("文／沙小芒　图／路遥遥", "沙小芒 路遥遥"),
        ("文字：沙小芒 摄影：路遥遥", "沙小芒 路遥遥"),
        ("采写/晚报记者 沙小芒 摄影/晚报记者 路遥遥", "沙小芒 路遥遥"),
        ("图文：沙小芒", "沙小芒"),
        ("沙小芒/文 路遥遥/图", "沙小芒 路遥遥"),
        ("路遥遥 晚报记者", "路遥遥"),
        ("通讯员 市公安局 綦小楼", "綦小楼"),
        ("本版撰文 沙小芒", "沙小芒"),
    ],
)
def test_papers_sign_in_many_ways_and_a_rank_makes_a_name_of_any_surname(line, names):
    assert [line[s.start : s.end] for s in find_bylines(line)] == [line]
    assert [name for name, _, _ in people(line)] == names.split()
