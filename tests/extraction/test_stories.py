"""Where one story ends and another, without a headline of its own, begins."""

from tests.extraction.pages import RESERVOIR, STREET, headlines, paragraphs, split

SCENE = "入冬以来,县文化馆的夜读书房成为读者充电的好去处。书房由闲置邮电所改建,每晚开放到十点,藏书三万册。"
MARKET = (
    "本报讯(通讯员孙大川)几场春雨过后,石板街上的野菜又赶集了,三块钱一把,论把不论斤。",
    "野菜集上多是六十岁往上的老人。石板街给他们留了四十个不收钱的摊位,野菜卖完就回家。",
)


def test_a_scene_at_the_end_of_a_story_that_it_has_nothing_to_do_with_is_a_picture():
    result = split("城东老街亮起新路灯", *STREET, SCENE, "白马水库除险加固完工", *RESERVOIR)
    assert [(a.kind, a.headline) for a in result.articles if SCENE in paragraphs(a)] == [("photo", None)]


def test_a_last_paragraph_that_says_when_and_not_where_stays_with_its_story():
    last = "连日来,已有一百二十名机手参加培训,考试合格以后,收割机的补贴按亩发放,谁收得干净谁拿得多。"
    result = split("城东老街亮起新路灯", *STREET, last, "白马水库除险加固完工", *RESERVOIR)
    assert [a.headline for a in result.articles if last in paragraphs(a)] == ["城东老街亮起新路灯"]


def test_a_caption_that_a_columns_end_cut_is_a_picture():
    scene = ("受大雨影响,铁佛镇的部分居民从家中转移到安", "全地带。图为12月2日,救援人员划船寻找被困居民。")
    result = split("城东老街亮起新路灯", *STREET, *scene, "新华社发", "白马水库除险加固完工", *RESERVOIR)
    assert [(a.kind, paragraphs(a)) for a in result.articles if a.headline is None] == [("photo", ["".join(scene)])]


def test_a_last_paragraph_that_begins_with_a_day_stays_with_its_story():
    last = "12月6日,城东老街的路灯又添了十盏,居民夜里出门的路更亮了,街坊们下棋下到很晚。"
    result = split("城东老街亮起新路灯", *STREET, last, "白马水库除险加固完工", *RESERVOIR)
    assert len(result.articles) == 2 and last in paragraphs(result.articles[0])


def test_a_second_reporter_opens_another_story_and_the_headline_at_the_end_of_the_page_is_its():
    end = "石板街上野菜鲜 一把三块不还价"
    result = split("城东老街亮起新路灯", *STREET, *MARKET, "白马水库除险加固完工", *RESERVOIR, end)
    assert len(result.articles) == 3 and None not in headlines(result)
    market = next(a for a in result.articles if a.headline == end)
    assert market.authors == ["孙大川"] and len(market.paragraphs) == 2


def test_a_second_dateline_of_the_same_matter_opens_none():
    again = "本报讯(记者孙大川)又讯:城东老街的路灯由县住建局更换,居民夜里出门不再打手电,老街路灯今后每月检修。"
    assert headlines(split("城东老街亮起新路灯", *STREET, again)) == ["城东老街亮起新路灯"]


def test_a_stub_under_the_headline_is_joined_to_its_rest():
    stub, rest = "12月3日上午,青石县城东老街的居民张罗着", "给新装的路灯挂上灯笼,一直忙到了中午。"
    result = split("城东老街亮起新路灯", stub, rest, *STREET[1:])
    assert paragraphs(result.articles[0])[0] == stub + rest


def test_a_summary_under_the_headline_stands_by_itself():
    lead = "把路灯修到百姓的家门口,才能把政府的实事办到百姓的心坎上"
    result = split("城东老街亮起新路灯", lead, STREET[0].removeprefix("本报讯(记者林小满)"), *STREET[1:])
    assert paragraphs(result.articles[0])[0] == lead
