"""Every editorial act, each one function: atomic, reversible, with one entry in the journal.

All take keyword arguments, `user` who does it and `versions` (page id -> version that the editor saw; without it no
check) and return the journal entry, or None when nothing changed. They raise ActRefused with words for the editor.
"""

from .action_names import ACTION_NAMES, action_name
from .articles import (
    NEW_PERSON,
    bring_back_article,
    merge_articles,
    set_category,
    set_column,
    set_corrects,
    set_credits,
    set_keywords,
    set_kind,
    split_article,
    supply_headline,
    withdraw_article,
)
from .journal import ActRefused, StalePage, UndoBlocked
from .jumps import link_jump, link_jump_to_page, unlink_jump
from .many import assign_pages, set_categories
from .names import merge_names, rename_name
from .new_split import take_new_split
from .pages import (
    accept_doubt,
    assign_page,
    claim_page,
    dismiss_doubt,
    mark_unfixable,
    release_page,
    reopen,
    send_to_review,
    set_date,
    set_name,
    set_newspaper,
    set_number,
    sign_off,
)
from .passages import (
    BY_LAYOUT,
    edit_text,
    fold_block,
    join_block,
    move_blocks,
    reorder_blocks,
    set_aside,
    set_role,
    set_roles,
    split_block,
    unfold_block,
    unjoin_block,
)
from .privacy import hide_text, show_text
from .replacing import replace_text
from .restoring import restore_article, restore_page
from .undoing import undo

__all__ = [
    "ACTION_NAMES",
    "BY_LAYOUT",
    "NEW_PERSON",
    "ActRefused",
    "StalePage",
    "UndoBlocked",
    "accept_doubt",
    "action_name",
    "assign_page",
    "assign_pages",
    "bring_back_article",
    "claim_page",
    "dismiss_doubt",
    "edit_text",
    "fold_block",
    "hide_text",
    "join_block",
    "link_jump",
    "link_jump_to_page",
    "mark_unfixable",
    "merge_articles",
    "merge_names",
    "move_blocks",
    "release_page",
    "rename_name",
    "reopen",
    "reorder_blocks",
    "replace_text",
    "restore_article",
    "restore_page",
    "send_to_review",
    "set_aside",
    "set_categories",
    "set_category",
    "set_column",
    "set_corrects",
    "set_credits",
    "set_date",
    "set_keywords",
    "set_kind",
    "set_name",
    "set_newspaper",
    "set_number",
    "set_role",
    "set_roles",
    "show_text",
    "sign_off",
    "split_article",
    "split_block",
    "supply_headline",
    "take_new_split",
    "undo",
    "unfold_block",
    "unjoin_block",
    "unlink_jump",
    "withdraw_article",
]
