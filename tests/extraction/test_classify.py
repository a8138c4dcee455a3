"""Topics and keywords."""

import pytest

from articles.extraction.classify import CATEGORIES, classify, extract_keywords


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


def test_the_title_outweighs_the_body():
    body = "老师带着学生参加,家长也来了。"
    assert classify("谷子丰收 农民种植忙", body) == "农业"


@pytest.mark.parametrize(("title", "body"), [("", ""), ("无题", "天边有一片云。")])
def test_too_few_cues_are_no_topic(title, body):
    assert classify(title, body) == "综合"


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
