"""Kinds of doubt in a word or two, for lists and filters."""

KINDS = {
    "cut": "段落断开",
    "weak_join": "接段存疑",
    "no_headline": "无标题",
    "lone_headline": "标题无文",
    "lone_label": "栏目无主",
    "woven": "段落交错",
    "lead": "首句未完",
    "heading": "疑似标题",
    "jump_unanswered": "转版未接",
    "jump_proposed": "疑似转版",
    "date_unknown": "日期未定",
    "date_inferred": "日期推定",
    "number_unknown": "版次未定",
    "number_taken": "版次重复",
    "other_newspaper": "报名不符",
    "damaged": "原文损坏",
    "resplit": "新拆分不同",
}
READER, OTHER = "读者指误", "其他疑问"


def kind_of(doubt):
    return READER if doubt.origin == "reader" else KINDS.get(doubt.code, OTHER)
