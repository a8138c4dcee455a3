"""What stands between the lines of an article in a printed page: pictures, other headlines, the page's foot."""

from articles.extraction.glue import Joints
from articles.extraction.lines import cut_pieces
from tests.extraction.pages import RESERVOIR, STREET, headlines, page, paragraphs, split

CUT = "县住建局请来灯具厂的师傅,逐盏检查城东老街路灯的灯头和线路,居民看在眼里,都说路灯修得牢"
REST = "靠,冬天再也不怕走夜路。"
SCENE = "3月2日,茶农在云雾坡茶园里采摘头茬春茶,茶香飘满山谷。"


def test_a_caption_between_a_cut_paragraph_and_its_rest_is_a_picture_of_its_own():
    result = split("城东老街亮起新路灯", *STREET, CUT, SCENE, "周禾 摄", REST)
    assert [a.kind for a in result.articles] == ["news", "photo"]
    assert paragraphs(result.articles[0])[-1] == CUT + REST
    assert paragraphs(result.articles[1]) == [SCENE]


def test_one_sentence_with_its_photographer_is_no_end_of_a_report_that_names_its_reporter():
    result = split("城东老街亮起新路灯", *STREET, CUT, "工人在更换灯头。周禾 摄", REST)
    assert [a.kind for a in result.articles] == ["news", "photo"]
    assert paragraphs(result.articles[0])[-1] == CUT + REST


def test_the_rest_of_a_picture_text_is_no_picture_of_its_own():
    result = split("春茶开采", "3月2日,茶农在云雾坡茶园里采摘头茬春", "茶,茶香飘满山谷。周禾 摄")
    assert [paragraphs(a) for a in result.articles] == [["3月2日,茶农在云雾坡茶园里采摘头茬春茶,茶香飘满山谷。"]]


def test_text_between_a_headline_and_its_dateline_is_the_rest_of_the_article_above():
    result = split("城东老街亮起新路灯", *STREET, CUT, "白马水库除险加固完工", REST, *RESERVOIR)
    assert headlines(result) == ["城东老街亮起新路灯", "白马水库除险加固完工"]
    assert paragraphs(result.articles[0])[-1] == CUT + REST
    assert len(paragraphs(result.articles[1])) == len(RESERVOIR)


def test_small_advertisements_each_have_their_title():
    notes = (
        "临街铺面出租", "临街铺面一间,租金面议,电话5550-1234。",
        "制衣坊诚聘裁缝两名", "云针制衣坊招聘裁缝两名,月薪四千元,电话5550-4321。",
    )  # fmt: skip
    result = split("城东老街亮起新路灯", *STREET, "便民信息", *notes)
    assert headlines(result)[1:] == [notes[0], notes[2]]


def test_the_line_at_the_page_s_foot_is_in_no_article():
    foot = "本报地址:青石县河滨路8号 责任编辑:周禾 零售每份一元"
    result = split("城东老街亮起新路灯", *STREET, foot)
    assert len(result.articles) == 1 and paragraphs(result.articles[0])[-1] != foot
    assert result.blocks[-1].article is None and result.blocks[-1].reason == "furniture"


def test_bulleted_items_stay_under_their_label_though_each_is_signed():
    items = ("▲城东老街的路灯换新。(周禾)", "▲白马水库开闸放水。(林小满)", "▲云雾坡春茶开采。(周禾)")
    result = split("城东老街亮起新路灯", *STREET, "一句话新闻", *items)
    assert len(result.articles) == 2 and len(paragraphs(result.articles[1])) == len(items)


def test_a_short_label_with_digits_over_the_headline_is_no_headline():
    result = split("5550热线帮", "老街路灯坏了半个月 如今亮了", "□本报记者 林小满", *STREET[1:])
    assert headlines(result) == ["老街路灯坏了半个月 如今亮了"]


def test_subheadings_of_a_continuation_stay_in_it_where_headlines_are_signed():
    own = [line for n in range(5) for line in (f"## 第{n + 1}批水库完工", *RESERVOIR)]
    rest = "(上接第一版)城东老街的路灯换新以后,夜市也热闹起来,居民在路灯下摆摊下棋。"
    result = split(rest, "## 把路灯“点”进心里", *STREET[1:], *own)
    assert result.articles[0].continued_from == "1" and len(paragraphs(result.articles[0])) == 3


def test_a_picture_between_a_headline_and_its_dateline_is_not_its_report():
    result = split("城东老街亮起新路灯", *STREET, "白马水库除险加固完工", "货船驶过白马湖。孙大川 摄", *RESERVOIR)
    report = next(a for a in result.articles if a.headline == "白马水库除险加固完工")
    assert len(paragraphs(report)) == len(RESERVOIR) and report.photographers == []
    assert [a.photographers for a in result.articles if a.kind == "photo"] == [["孙大川"]]


def test_numbered_pictures_end_with_the_agency_that_gave_them():
    pictures = ("图①:3月2日,茶农在云雾坡采茶。", "图②:茶农把鲜叶送进作坊。")
    result = split("城东老街亮起新路灯", *STREET, *pictures, "远山社/发", "白马水库除险加固完工", *RESERVOIR)
    assert [paragraphs(a) for a in result.articles if a.kind == "photo"] == [list(pictures)]
    assert headlines(result)[-1] == "白马水库除险加固完工"


def test_an_agency_without_a_day_opens_a_report():
    briefs = (
        "北岭:医生罢工进入第二周", "据远山社北岭电 北岭医生罢工3日进入第二周,急诊不受影响。",
        "南屿:前任局长受审", "据《南屿日报》报道 南屿前任港务局长2日出庭,当庭否认指控。",
    )  # fmt: skip
    result = split("环球速览", *briefs, "白马水库除险加固完工", *RESERVOIR)
    assert headlines(result)[:2] == [briefs[0], briefs[2]]


def test_a_body_over_a_headline_says_who_did_it():
    result = split("县检察院民生检察部门", "办结老街路灯欠薪案件二十一件", *STREET, "白马水库除险加固完工", *RESERVOIR)
    assert result.articles[0].headline == "办结老街路灯欠薪案件二十一件"


def test_a_caption_in_a_section_does_not_make_a_headline_of_its_subheading():
    more = "灯下的巷口又摆开了棋盘,城东老街的居民端着茶碗围坐一圈,从路灯说到年成,一直说到月亮升上"
    result = split(
        "城东老街亮起新路灯", "□本报记者 林小满", *STREET[1:], "一盏灯", more, "工人在更换灯头。周禾 摄", "屋顶。",
        "白马水库除险加固完工", *RESERVOIR,
    )  # fmt: skip
    assert [a.headline for a in result.articles if a.kind != "photo"] == ["城东老街亮起新路灯", "白马水库除险加固完工"]
    assert paragraphs(result.articles[0])[-1] == more + "屋顶。"


def test_a_rubric_over_a_signed_headline_is_a_label():
    result = split("城东老街亮起新路灯", *STREET, "记者手记", "跟着邮袋翻山", "本报记者 周禾", *RESERVOIR[1:])
    assert [(a.headline, a.column) for a in result.articles][1:] == [("跟着邮袋翻山", "记者手记")]


def test_the_rest_right_under_a_byline_leaves_the_next_paragraph_the_first_of_its_article():
    cut = "县住建局把路灯的钥匙交给社区,谁家门前的灯谁来看护,"
    rest = "责任才能落到人头上。"
    last = "目前,青石县城东老街的居民说,路灯亮了,街坊夜里下棋也不用收摊。"
    village = "走进许多村庄,水库边的步道已经铺好,村民却很少来走。水库的步道修给谁走,先要问一问村民。"
    result = split(
        "城东老街亮起新路灯", *STREET, cut, "白马水库的步道修给谁", "钱多多", rest, last, "(林小满)", village
    )
    assert headlines(result) == ["城东老街亮起新路灯", "白马水库的步道修给谁"]
    assert paragraphs(result.articles[0])[-2:] == [cut + rest, last]
    assert paragraphs(result.articles[1]) == [village]


def test_a_headline_over_another_pictures_text_goes_to_the_text_it_speaks_of():
    picture = "3月2日,茶农在云雾坡茶园里采摘头茬春茶。周禾 摄"
    fair = (
        "农具展今天开幕",
        "本报讯(记者林小满)农具展今天在县体育馆开幕,三天里有二十场播种表演,免费入场。(林小满)",
    )
    tea = "茶场开门迎客", "本报讯(记者周禾)白蓼镇茶场今天起对游人开放,采下的鲜叶可以带走,也可以请师傅炒制。(周禾)"
    result = split("白马水库除险加固完工", picture, *fair, *tea, "城东老街亮起新路灯", *STREET, *RESERVOIR)
    heads = {article.headline: article for article in result.articles}
    assert len(paragraphs(heads["白马水库除险加固完工"])) == len(RESERVOIR)
    assert [a.kind for a in result.articles if a.headline is None] == ["photo"]


def test_a_box_of_its_own_title_keeps_all_its_text():
    box = "2021年,白马水库大坝检查出渗漏。", "2022年3月,白马水库除险加固工程开工。", "2022年11月,白马水库的放水闸换新。"
    result = split("白马水库除险加固完工", *RESERVOIR, "相关链接:白马水库大事记", *box)
    assert headlines(result)[-1] == "相关链接:白马水库大事记"
    assert paragraphs(result.articles[-1]) == list(box)


def test_briefs_under_one_label_each_have_their_headline():
    briefs = (
        "新茶上市", "云雾坡的头茬新茶本周上市,每斤比去年便宜五元,县城三家茶庄有售。",
        "县图书馆延长开放", "县图书馆从下月起每晚开放到九点,周末不休息,读者可以凭身份证进馆。",
        "两条街道完成大修", "城西两条街道大修完工,新铺沥青路面一万平方米,更换井盖六十个。",
    )  # fmt: skip
    result = split("城东老街亮起新路灯", *STREET, "简明新闻", *briefs)
    assert headlines(result)[1:] == list(briefs[::2])


def test_an_answer_follows_its_question():
    pieces = cut_pieces(page("问:路灯几点亮?", "答:天黑就亮。", "问:几点熄?", "答:天亮才熄。", "居民很满意。"))
    assert Joints(pieces, ["body"] * 5, set()).follows == {1, 2, 3}
