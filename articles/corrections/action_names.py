"""What acts are called on screen."""

from __future__ import annotations

ACTION_NAMES = {
    "merge_articles": "合并文章",
    "split_article": "拆分文章",
    "move_blocks": "移动段落",
    "reorder_blocks": "调整次序",
    "set_role": "改角色",
    "set_roles": "改角色",
    "join_block": "接成一段",
    "unjoin_block": "断开段落",
    "split_block": "切开文字块",
    "edit_text": "改正文字",
    "fold_block": "标为重复",
    "unfold_block": "取消重复",
    "set_aside": "搁置",
    "supply_headline": "拟标题",
    "set_kind": "改体裁",
    "set_category": "改类别",
    "set_column": "改栏目",
    "set_credits": "改署名",
    "set_keywords": "改关键词",
    "link_jump": "连接转版",
    "link_jump_to_page": "注明转版",
    "unlink_jump": "断开转版",
    "set_newspaper": "改报纸",
    "set_date": "改日期",
    "set_number": "改版次",
    "set_name": "改版名",
    "send_to_review": "送审",
    "sign_off": "签发",
    "reopen": "重开",
    "mark_unfixable": "标为无法处理",
    "set_corrects": "更正关系",
    "assign_page": "分派版面",
    "claim_page": "领取版面",
    "release_page": "放下版面",
    "withdraw_article": "撤下文章",
    "bring_back_article": "恢复文章",
    "accept_doubt": "采纳疑问",
    "dismiss_doubt": "忽略疑问",
    "rename_name": "改名称",
    "merge_names": "合并名称",
    "set_categories": "批量改类别",
    "replace_text": "批量替换",
    "assign_pages": "批量分派",
    "undo": "撤销",
}


def action_name(action: str) -> str:
    return ACTION_NAMES.get(action, action)
