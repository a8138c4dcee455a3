"""Verse, tables and numbered captions: short lines that are neither headlines nor cut paragraphs."""

from articles.extraction import split_page
from tests.extraction.pages import RESERVOIR, STREET, headlines, page, paragraphs, split

VERSE = (
    "一只船靠在春天的岸边", "像一枚没有寄出的邮票", "水认得它", "风也认得它", "去年摇橹的人", "今年还在摇着",
    "只是橹声轻了一些", "麦子在夜里赶路", "天亮时已经走到村口",
)  # fmt: skip
PRICES = ("品名 批发价 零售价", "白菜 0.80 1.60", "萝卜 1.00 2.00", "猪肉 22.00 28.00", "鸡蛋 8.60 9.80")


def test_verse_keeps_its_lines_and_none_is_a_headline():
    result = split("## 渡口", "□青禾", *VERSE, "## 城东老街亮起新路灯", *STREET)
    assert headlines(result) == ["渡口", "城东老街亮起新路灯"]
    assert paragraphs(result.articles[0]) == list(VERSE)


def test_the_headline_behind_verse_stays_one():
    result = split("渡口", "□青禾", *VERSE, "城东老街亮起新路灯", *STREET)
    assert headlines(result) == ["渡口", "城东老街亮起新路灯"]


def test_the_rows_of_a_table_are_not_run_together():
    result = split("便民信息", "今日菜价", *PRICES, "停气通知", "因管道检修,定于5月9日对城东片区停止供气。")
    assert headlines(result) == ["今日菜价", "停气通知"]
    assert paragraphs(result.articles[0]) == list(PRICES)


def test_numbered_captions_up_to_their_credit_are_one_picture():
    result = split(
        "城东老街亮起新路灯", *STREET, "①5月6日,第三小学的学生放飞自制的风筝。", "②老师帮学生理线。", "③风筝越飞越高。",
        "本报记者 孙大川 摄", "白马水库除险加固完工", *RESERVOIR,
    )  # fmt: skip
    photo = next(a for a in result.articles if a.kind == "photo")
    assert [p.text[0] for p in photo.paragraphs] == ["①", "②", "③"] and photo.photographers == ["孙大川"]


def test_numbered_points_without_a_credit_stay_in_their_article():
    result = split("城东老街亮起新路灯", *STREET, "①先看路灯杆上的编号。", "②再拨打报修电话。")
    assert len(result.articles) == 1 and len(result.articles[0].paragraphs) == 5


def test_a_label_with_nothing_else_over_its_text_is_the_headline():
    result = split("城东老街亮起新路灯", *STREET, "简讯", "●县图书馆延长开放时间。", "●城北公园的牡丹开了。")
    assert [(a.headline, a.kind) for a in result.articles][1:] == [("简讯", "news")]


def test_points_of_a_list_stay_together_whatever_their_words():
    points = ("一、出行前看好天气预报。", "二、行车不看手机。", "三、城东老街路灯亮时减速慢行。")
    result = split("城东老街亮起新路灯", *STREET, "提醒", "五一返程注意这些事", *points)
    assert paragraphs(result.articles[1]) == list(points)


def test_captions_that_point_at_their_pictures_leave_the_article_above():
    result = split("城东老街亮起新路灯", *STREET, "上图:居民在灯下下棋。", "右图:工人更换灯具。", "孙大川 摄")
    assert [a.kind for a in result.articles] == ["news", "photo"]
    assert paragraphs(result.articles[1]) == ["上图:居民在灯下下棋。", "右图:工人更换灯具。"]


def test_a_picture_two_blank_lines_behind_a_signature_is_a_picture():
    text = page("城东老街亮起新路灯", *STREET[:2], STREET[2] + "(林小满)") + "\n\n12月6日,学生在校园里采摘樱桃。\n\n"
    photo = split_page(text + page("白马水库除险加固完工", *RESERVOIR)).articles[1]
    assert (photo.kind, paragraphs(photo)) == ("photo", ["12月6日,学生在校园里采摘樱桃。"])


def test_prices_that_rose_or_fell_are_rows():
    rows = ("品名 零售价 比上周", "本地莴笋 1.60 降0.20", "春韭 3.00 平", "马兰头 9.00 升1.00", "蚕豆荚 4.50 降0.80")
    result = split(
        "城东老街亮起新路灯", *STREET, "昨日菜价", *rows, "停气通知", "因管道检修,定于5月9日对城东片区停止供气。"
    )
    assert headlines(result) == ["城东老街亮起新路灯", "昨日菜价", "停气通知"]
    assert paragraphs(result.articles[1]) == list(rows)


def test_results_in_fields_and_what_is_on_are_rows():
    scores = ("青石队 3比1 河湾队", "白马队 2比3 云雾队")
    swims = ("项目 姓名 成绩", "少年50米蛙泳 周小禾 36秒20", "少女50米蛙泳 钱小满 37秒05")
    result = split("城东老街亮起新路灯", *STREET, *scores, "便民信息", "县少年游泳比赛成绩", *swims)
    assert headlines(result) == ["城东老街亮起新路灯", "县少年游泳比赛成绩"]
    assert paragraphs(result.articles[0])[-2:] == list(scores)
    assert paragraphs(result.articles[1]) == list(swims)


def test_a_genre_is_a_label_and_a_name_over_verse_its_writer():
    result = split("城东老街亮起新路灯", *STREET, "诗歌", "渡口", "周 禾", *VERSE)
    assert headlines(result)[1:] == ["渡口"] and result.articles[1].column == "诗歌"
    assert result.articles[1].authors == ["周禾"] and paragraphs(result.articles[1]) == list(VERSE)


def test_a_page_of_long_paragraphs_is_not_broken_at_its_lines_ends_whatever_it_lists():
    long = ("县图书馆把一年的借书单贴在墙上,最旧的一张还是手写的,馆员说谁也舍不得把它揭下来。" * 3,) * 2
    short = ("柳", "槐花开", *(f"第{n}阵风过了桥" for n in "一二三四五六七八九"))
    result = split("渡口", "□青禾", *VERSE, *short, *VERSE, "春天的书单", "□本报记者 周禾", *long, *STREET[1:], *long)
    assert headlines(result) == ["渡口", "春天的书单"]


def test_the_figures_of_an_infographic_are_its_text():
    figures = ("9.4万株", "全县去年栽下的果树", "32天", "从开花到坐果的平均用时")
    result = split("城东老街亮起新路灯", *STREET, "数说", "一棵果树的账", *figures)
    assert headlines(result)[1:] == ["一棵果树的账"] and result.articles[1].column == "数说"
    assert paragraphs(result.articles[1]) == list(figures)
