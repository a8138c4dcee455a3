"""Title blocks, pictures and short items: which line is the headline, and what each label stands over."""

from articles.extraction import Article, PageSplit, split_page
from articles.extraction.bylines import find_bylines
from articles.extraction.credits import parse_credits
from articles.extraction.masthead import read_masthead
from tests.extraction.pages import RESERVOIR, STREET, headlines, paragraphs, split

SCENE = "由于连日降雨,青石县白蓼镇的渡口水位上涨,镇里组织人员加固堤岸,往来船只改在上游的码头停靠。"
TEA = "本报讯(记者林小满)白蓼镇茶场今天起对游人开放,采茶体验每人二十元,采下的鲜叶可以带走。"
BUS = "本报讯(记者周禾)周末开行的赏花公交今天起增加两班,末班车推迟到晚上八点,沿途停靠五站。"
WATER = (
    "汛期里,水库管理所的工作人员每两个小时看一次水位,雨大的时候住在坝上。"
    "下游的种田大户说,往年五月要排队等水,今年渠里的水一直没有断过。"
)
ESSAY = "日前去看一位老友,他在窗台上养了一排小葱,说是给楼下的邻居留的,谁做面条谁就上来剪一把,剪了两年还没剪完。"


def test_a_label_over_short_pieces_is_the_column_of_each():
    result = split("城东老街亮起新路灯", *STREET, "短讯", "茶场开门迎客", TEA, "赏花公交加开两班", BUS)
    assert headlines(result)[1:] == ["茶场开门迎客", "赏花公交加开两班"]
    assert [a.column for a in result.articles] == [None, "短讯", "短讯"]


def test_a_label_over_short_pieces_ends_at_a_longer_one():
    result = split("短讯", "茶场开门迎客", TEA, "白马水库除险加固完工", *RESERVOIR, WATER, SCENE, ESSAY)
    assert [a.column for a in result.articles][:2] == ["短讯", None]


def test_pieces_without_headlines_are_parts_of_the_article_that_the_label_heads():
    result = split("城东老街亮起新路灯", *STREET, "短讯", TEA + "(林小满)", BUS + "(周禾)")
    assert headlines(result)[1:] == ["短讯", None]
    assert [a.part_of for a in result.articles] == [None, None, 1]


def test_what_stands_between_a_signature_and_a_photographers_credit_is_a_picture():
    result = split("城东老街亮起新路灯", *STREET, "(林小满)", SCENE, "孙大川摄", "白马水库除险加固完工", *RESERVOIR)
    assert headlines(result) == ["城东老街亮起新路灯", None, "白马水库除险加固完工"]
    assert result.articles[1].kind == "photo" and paragraphs(result.articles[1]) == [SCENE]


def test_a_framed_label_heads_no_picture():
    result = split(
        "城东老街亮起新路灯", *STREET, "|| 走街串巷 ||", SCENE, "孙大川摄", "白马水库除险加固完工", *RESERVOIR
    )
    picture = result.articles[1]
    assert (picture.column, picture.headline, picture.kind) == ("走街串巷", None, "photo")


def test_a_scene_above_arrows_is_the_pictures():
    above = "12月3日,白蓼镇渡口,镇里组织人员加固堤岸,往来船只改在上游的码头停靠。"
    text = ("城东老街亮起新路灯", *STREET)
    result = split(*text, "\n" + above, "↑工人在搬运沙袋。", "孙大川摄")
    assert paragraphs(result.articles[1]) == [above, "↑工人在搬运沙袋。"]


def test_a_detached_headline_goes_to_the_text_that_has_only_a_subheadline():
    result = split(
        "城东老街亮起新路灯", *STREET, "|| 走街串巷 ||", "——白马水库除险加固侧记", "□本报记者 周禾", *RESERVOIR[1:],
        "放水闸换新 稻田有水",
    )  # fmt: skip
    assert (result.articles[1].headline, result.articles[1].subheadline) == (
        "放水闸换新 稻田有水", "白马水库除险加固侧记",
    )  # fmt: skip


def test_the_first_of_two_headlines_may_be_another_texts():
    result = split(
        "夜里出门不打手电", *STREET, "城东老街更换路灯一百二十盏", "白马水库除险加固完工", *RESERVOIR
    )  # fmt: skip
    assert (result.articles[1].headline, result.articles[1].kicker) == ("白马水库除险加固完工", None)
    assert [b.reason for b in result.blocks if b.article is None] == ["headline"]


def test_a_headline_behind_a_paragraph_that_breaks_off_opens_an_article():
    result = split(
        "城东老街亮起新路灯", STREET[0], STREET[1] + "施工的时候居民自己端来茶水,老街的灯一盏一盏亮起来,夜里的巷",
        "窗台上的小葱 楼道里的邻居", ESSAY, "口又有了下棋的人,城东老街的路灯照着他们。", ESSAY[10:],
    )  # fmt: skip
    assert headlines(result) == ["城东老街亮起新路灯", "窗台上的小葱 楼道里的邻居"]


def test_a_label_and_a_headline_may_lack_the_marks_of_the_page():
    result = split(
        "## 城东老街亮起新路灯", *STREET, "## 白马水库除险加固完工", *RESERVOIR, "## 茶场开门迎客", TEA,
        "有话直说", "那排小葱该归谁?", ESSAY,
    )  # fmt: skip
    assert (result.articles[-1].column, result.articles[-1].headline) == ("有话直说", "那排小葱该归谁?")


def test_a_headline_without_marks_stands_over_a_pen_name():
    result = split(
        "## 城东老街亮起新路灯", *STREET, "## 白马水库除险加固完工", *RESERVOIR, "## 茶场开门迎客", TEA,
        "## 草木间", "窗台上的小葱", "闲云", ESSAY,
    )  # fmt: skip
    assert (result.articles[-1].kicker, result.articles[-1].headline) == ("草木间", "窗台上的小葱")
    assert result.articles[-1].authors == ["闲云"]


def test_a_short_line_is_no_half_of_a_headline():
    text = "\n".join(("城东老街亮起新路灯", *STREET, "", "寻味青石", "一碗面里的三代人", "□本报记者 周禾", ESSAY))
    article = split_page(text).articles[1]
    assert (article.kicker, article.headline) == ("寻味青石", "一碗面里的三代人")


def test_a_body_signs_its_notice_without_a_day():
    result = split("拍卖公告", "受委托,定于三月二十二日上午十时公开拍卖。", "青石县正衡拍卖有限公司", "招聘启事", TEA)
    assert headlines(result) == ["拍卖公告", "招聘启事"]


def test_names_that_begin_with_a_rare_word():
    assert [c.name for c in parse_credits("(安国梁 本报记者周禾)")] == ["安国梁", "周禾"]
    assert [c.name for c in parse_credits("(林小满 应佳慧)")] == ["林小满", "应佳慧"]
    assert not find_bylines("他说(方便就医)")


def test_pinyin_in_the_page_header():
    masthead = read_masthead("04　综合新闻　ZONGHE XINWEN\n\n城东老街亮起新路灯\n")
    assert (masthead.number, masthead.name) == ("4", "综合新闻")


def _told(result: PageSplit, text: str) -> Article:
    return next(a for a in result.articles if text in paragraphs(a))


def test_one_short_sentence_over_a_credit_is_a_picture():
    sentence = "白蓼镇的孩子们在新修的球场上踢球。"
    result = split("城东老街亮起新路灯", *STREET, sentence, "孙大川 摄", "白马水库除险加固完工", *RESERVOIR)
    assert (_told(result, sentence).kind, _told(result, sentence).headline) == ("photo", None)


def test_the_text_under_a_pictures_own_headline_is_no_other_pictures():
    sentence = "孩子们放学以后就到球场上来踢球。"
    ground = "4月5日,白蓼镇的新球场建成开放,附近三个村的孩子都来这里踢球。"
    result = split("城东老街亮起新路灯", *STREET, "家门口踢球去", ground, sentence, "孙大川 摄")
    assert headlines(result) == ["城东老街亮起新路灯", "家门口踢球去"]
    assert paragraphs(result.articles[1]) == [ground, sentence]


def test_a_caption_that_a_columns_end_cut_is_one_picture():
    caption = ("4月5日,在青石县白蓼镇的新球场上,附近三个村的孩子们正在踢", "球,家长们坐在看台上说话。")
    result = split("城东老街亮起新路灯", *STREET, *caption, "孙大川 摄", "白马水库除险加固完工", *RESERVOIR)
    assert _told(result, "".join(caption)).kind == "photo"


def test_what_a_picture_tells_over_the_line_that_says_what_it_shows_is_the_pictures():
    scene = "近年来,白蓼镇发展球类运动,球场已建成九座,孩子们放学以后就在球场上踢球。"
    shows = "图为白蓼镇的孩子们在球场上踢球。"
    result = split("城东老街亮起新路灯", *STREET, WATER, scene, shows, "孙大川 摄", "白马水库除险加固完工", *RESERVOIR)
    assert _told(result, scene).kind == "photo" and shows in paragraphs(_told(result, scene))


def test_the_beginning_of_a_sentence_that_goes_on_below_is_no_headline():
    cut = ("白蓼镇渡口的老船工今年仍在摆", "渡,往来的人都认得他。")
    result = split("城东老街亮起新路灯", *STREET, *cut, "白马水库除险加固完工", *RESERVOIR)
    assert headlines(result) == ["城东老街亮起新路灯", "白马水库除险加固完工"]


def test_a_line_all_in_quotes_is_a_headline():
    result = split("城东老街亮起新路灯", *STREET, "“水库修好了,心里就踏实”", *RESERVOIR)
    assert headlines(result) == ["城东老街亮起新路灯", "“水库修好了,心里就踏实”"]


def test_two_lines_made_alike_are_one_headline_and_what_stands_above_introduces_it():
    result = split("县委常委会召开会议 研究四季度工作", "以实干姿态抓项目", "以过硬作风保民生", "林小满主持", *STREET)
    assert headlines(result) == ["以实干姿态抓项目 以过硬作风保民生"]
    assert result.articles[0].kicker == "县委常委会召开会议 研究四季度工作"
    assert result.articles[0].subheadline == "林小满主持"


def test_of_two_marked_lines_one_with_a_blank_is_the_headline_by_itself():
    result = split("### 老路灯“上岗” 夜市添亮光", "### 青石县首批四十盏路灯换新", *STREET)
    assert headlines(result) == ["老路灯“上岗” 夜市添亮光"]
    assert result.articles[0].subheadline == "青石县首批四十盏路灯换新"


def test_a_meeting_is_no_body_that_acts():
    result = split("县政协召开专题协商会", "为“老街换灯”建言资政", *STREET)
    assert headlines(result) == ["县政协召开专题协商会"]


def test_a_label_may_be_printed_wide():
    result = split("要　闻", "城东老街亮起新路灯", *STREET)
    assert (result.articles[0].column, result.articles[0].kicker) == ("要　闻", None)


def test_a_lone_line_inside_an_article_with_subheadings_is_one_of_them():
    sections = (
        "路灯换新以后",
        *STREET[1:],
        "灯下的棋摊",
        "路灯亮到半夜,城东老街的居民把棋摊摆到巷口,下到",
        "街上没有人才散。",
        WATER,
    )
    result = split("城东老街亮起新路灯", STREET[0], *sections)
    assert headlines(result) == ["城东老街亮起新路灯"]


def test_what_the_papers_commentator_signs_is_opinion():
    result = split("路灯也要有人管", "□ 本报评论员", "一盏路灯亮不亮,照见的是一座城市的用心。", WATER)
    assert result.articles[0].kind == "opinion"


def test_a_post_and_a_name_under_a_headline_are_its_byline():
    result = split("当好三种人 带好一村人", "林桥镇党委书记 钱多多", ESSAY, ESSAY)
    assert [c.name for c in result.articles[0].credits] == ["钱多多"]
    assert result.articles[0].subheadline is None


def test_the_place_from_which_a_letter_comes_is_nobodys_name():
    assert [c.name for c in parse_credits("晒绳巷 钱佩华")] == ["钱佩华"]
