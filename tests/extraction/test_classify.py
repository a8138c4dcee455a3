"""Topics and keywords."""

import pytest

from articles.extraction.classify import CATEGORIES, LEAD, classify, extract_keywords


@pytest.mark.parametrize(
    ("category", "title", "body"),
    [
        ("时政", "县委常委会召开会议", "县委书记主持召开常委会,学习贯彻会议精神,部署巡察整改。"),
        ("经济", "青石开发区签下六个项目", "招商引资大会上,企业与开发区签约,总投资三亿元,带动产业链上下游。"),
        ("民生", "老旧小区装上电梯", "居民王大娘说,社区办实事,物业也跟着变好了,老年人上下楼不再犯愁。"),
        ("法治", "巡回法庭开进石桥村", "法官当庭调解一起合同纠纷,律师为旁听的人讲解民法典。"),
        ("教育", "石桥小学开设灯彩课", "老师带着学生扎花灯,家长也走进课堂。"),
        ("文化", "老街灯会开幕", "非遗传承人展示剪纸,戏曲演出一直到深夜,游客挤满博物馆。"),
        ("健康", "县医院义诊到村口", "医生为患者量血压,讲高血压和糖尿病的用药,护士提醒按时体检。"),
        ("农业", "谷子开镰", "农户驾着收割机下田,合作社说今年亩产又增,村民盼着丰收。"),
        ("生态", "石河又见白鹭", "湿地修复后水质变好,候鸟回来了,河长每周巡河,两岸植树三千棵。"),
        ("安全", "燃气隐患逐户排查", "消防人员检查电梯和充电桩,开展应急演练,防范火灾事故。"),
    ],
)
def test_an_article_is_of_the_topic_that_it_speaks_of(category, title, body):
    assert classify(title, body) == category


@pytest.mark.parametrize(
    ("category", "title", "body"),
    [
        ("文化", "青石队主场三连胜", "下半场补时阶段，替补前锋头球破门，主教练赛后称赞球员。"),
        ("时政", "两国外长会谈", "外交部发言人说，双方就双边关系交换了意见。"),
        ("生态", "冷空气周末到", "市气象台预计，最低气温降到3℃，有小到中雨。"),
        ("经济", "股市小幅收涨", "沪指上涨，成交量放大，上市公司净利润好于预期。"),
        ("教育", "毕业生答辩周", "本科生在学院答辩，导师和教授逐一提问。"),
        ("健康", "膝盖疼莫乱揉", "骨科主任医师提醒，关节炎患者应及时就诊。"),
    ],
)
def test_what_has_no_topic_of_its_own_name_goes_to_the_nearest(category, title, body):
    assert classify(title, body) == category


def test_who_governs_comes_before_what_they_meet_about():
    body = "医院、卫生院和村医的药品配送，成了座谈会上的话题。"
    assert classify("医院药品座谈会", body) == "健康"
    assert classify("药品座谈会召开 林小满出席", "") == "时政"
    seen = "来到医院，看药品怎么配送。"
    assert classify("林小满走访柳林乡", f"5月8日，县委书记林小满{seen}") == "时政"
    assert classify("林小满走访柳林乡", f"5月8日，药剂师林小满{seen}") == "健康"


def test_a_cue_inside_a_longer_one_does_not_count():
    assert classify("医学院里的急诊", "") == "健康"


def test_a_column_label_has_a_say():
    body = "天刚亮，摊主把炉子点着，一条街都是香味。"
    assert classify("清早的油饼", body) == "综合"
    assert classify("清早的油饼", body, column="老街旧事") == "文化"


def test_an_essay_is_literature_whatever_it_remembers():
    body = (
        "我小的时候，天不亮就跟着外婆出门。拔草的人弯着腰，我坐在田埂上数水里的云，云在我的脚边慢慢地走，一直走到对岸的村子里去。"
        * 3
    )
    assert classify("水里的云", body) == "文化"
    assert classify("水里的云", body.replace("我", "他")) != "文化"


def test_a_notice_is_told_by_its_title():
    body = "查询请到医院门诊楼一层，凭身份证领取药品。"
    assert classify("失物待领", body, kind="notice") == "综合"
    assert classify("停水公告", body, kind="notice") == "民生"
    assert classify("暴雨黄色预警信号", body, kind="notice") == "生态"


def test_the_title_outweighs_the_body():
    body = "老师带着学生参加,家长也来了。"
    assert classify("谷子丰收 农民种植忙", body) == "农业"


@pytest.mark.parametrize(("title", "body"), [("", ""), ("无题", "天边有一片云。")])
def test_too_few_cues_are_no_topic(title, body):
    assert classify(title, body) == "综合"


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("慢一点,等一等", "群众来办事,窗口要热心。老人要帮扶,居民的需求要办。菜市场里人来人往。", "综合"),
        ("别怕孩子走弯路", "课堂上老师讲课,学生做作业,家长批改。教师的教学要慢,教育要等。", "教育"),
        ("把耕地守住", "居民来办事,老人要帮扶。", "农业"),
    ],
)
def test_a_commentary_is_told_by_its_title_or_by_what_it_plainly_speaks_of(title, body, expected):
    assert classify(title, body, kind="opinion") == expected


def test_a_school_in_the_fields_is_the_schools_affair():
    body = "4月9日,石桥小学组织学生来到水田边,看村民插秧。"
    assert classify("", body, kind="photo") == "教育"
    assert classify("", "4月9日,石桥村的人来到水田边,看村民插秧。", kind="photo") == "农业"


def test_calls_for_contributions_have_a_topic():
    assert classify("老照片征集启事", "", kind="notice") == "文化"
    assert classify("林小满遗失启事", "", kind="notice") == "综合"


def test_a_cue_over_the_end_of_the_lead_counts_whole():
    body = "的" * (LEAD - 1) + "图书馆开门。"
    assert classify("", body * 2) == "文化"


def test_every_topic_can_be_given():
    assert set(CATEGORIES) == set("时政 经济 民生 法治 教育 文化 健康 农业 生态 安全 综合".split())


def test_keywords_are_the_nouns_that_set_the_article_apart():
    found = extract_keywords(
        "老街灯会开幕", "灯会上挂着两百多盏花灯。花灯由手艺人扎成,手艺人说花灯要扎三个月。记者近日在现场看到这些。"
    )
    assert {"灯会", "花灯", "手艺人"} <= set(found)
    assert not {"记者", "近日", "现场", "这些", "看到", "由"} & set(found)


def test_keywords_are_at_most_the_limit_and_always_the_same():
    body = "医院、学校、法院、银行、车站、公园、剧院、商场、粮站、码头都挂上了花灯。"
    assert len(extract_keywords("灯会", body, limit=3)) == 3
    assert extract_keywords("灯会", body) == extract_keywords("灯会", body)


def test_a_keyword_is_not_repeated_inside_a_longer_one():
    found = extract_keywords("农产品展销会", "农产品展销会上,农产品卖得好。")
    assert not any(a != b and a in b for a in found for b in found)


def test_an_empty_article_has_no_keywords():
    assert extract_keywords("", "") == ()
