"""What an editor can take back and do again, by the journal alone."""

from uuid import uuid4

import pytest

from articles import corrections
from articles.corrections.stacks import Entry, stacks_of
from articles.models import Correction
from tests.desk import block_at

WANG, LI = 1, 2
ONE, TWO = uuid4(), uuid4()


def entries(*told):
    """Entries numbered from 1: (user, what it undoes, batch), the last two where there are any."""
    return [Entry(pk, *(*rest, None, None)[:3]) for pk, rest in enumerate(told, 1)]


@pytest.mark.parametrize(
    ("told", "undo", "redo"),
    [
        ([], [], []),
        ([(WANG,), (WANG,)], [1, 2], []),
        ([(WANG,), (WANG,), (WANG, 2)], [1], [3]),
        ([(WANG,), (WANG,), (WANG, 2), (WANG, 1)], [], [3, 4]),
        ([(WANG,), (WANG,), (WANG, 2), (WANG, 3)], [1, 4], []),
        ([(WANG,), (WANG, 1), (WANG, 2), (WANG, 3)], [], [4]),
        ([(WANG,), (WANG, 1), (WANG,)], [3], []),
        # Out of order, from the journal.
        ([(WANG,), (WANG,), (WANG, 1)], [2], [3]),
    ],
)
def test_one_editor(told, undo, redo):
    assert stacks_of(entries(*told), WANG) == (undo, redo)


@pytest.mark.parametrize(
    ("told", "wang", "li"),
    [
        ([(WANG,), (LI,), (WANG,)], ([1, 3], []), ([2], [])),
        # What one does clears nothing that the other may do again.
        ([(WANG,), (WANG, 1), (LI,)], ([], [2]), ([3], [])),
        # What somebody else took back lies on neither stack; for him it is an act like any other.
        ([(WANG,), (WANG,), (LI, 2)], ([1], []), ([3], [])),
        ([(WANG,), (WANG, 1), (LI, 2)], ([], []), ([3], [])),
        ([(WANG,), (LI, 1), (LI, 2)], ([], []), ([], [3])),
        # Nobody's hand: a program.
        ([(WANG,), (None,), (None, 1)], ([], []), ([], [])),
    ],
)
def test_two_editors(told, wang, li):
    assert stacks_of(entries(*told), WANG) == wang and stacks_of(entries(*told), LI) == li


def test_a_batch_is_one_step():
    told = [(WANG,), (WANG, None, ONE), (WANG, None, ONE)]
    assert stacks_of(entries(*told), WANG) == ([1, 3], [])
    told += [(WANG, 3, TWO), (WANG, 2, TWO)]
    assert stacks_of(entries(*told), WANG) == ([1], [5])
    told += [(WANG, 5)]
    assert stacks_of(entries(*told), WANG) == ([1, 6], [])


def test_an_undoing_of_what_is_not_on_the_page_is_an_act():
    assert stacks_of([Entry(8, WANG, 3, None)], WANG) == ([8], [])


def stacks(page, user):
    rows = Correction.objects.filter(pages=page).order_by("pk").values_list("pk", "user", "undoes", "batch")
    return stacks_of([Entry(*row) for row in rows], user.pk)


def test_all_that_was_done_can_be_taken_back_and_done_again_by_the_stacks(editor, second_editor, page):
    block, title = block_at(page, "谁来得早"), block_at(page, "钥匙挂在")
    corrections.edit_text(block=block, text="甲。", user=editor)
    corrections.set_role(block=title, role="body", user=second_editor)
    corrections.edit_text(block=block, text="乙。", user=editor)
    corrections.set_name(page=page, name="民生", user=editor)

    def texts():
        block.refresh_from_db()
        page.refresh_from_db()
        return block.corrected_text, page.name

    seen = [texts()]
    while (undo := stacks(page, editor)[0]) and corrections.undo(
        entry=Correction.objects.get(pk=undo[-1]), user=editor
    ):
        seen.append(texts())
    assert seen == [("乙。", "民生"), ("乙。", ""), ("甲。", ""), (None, "")]
    again = [texts()]
    while (redo := stacks(page, editor)[1]) and corrections.undo(
        entry=Correction.objects.get(pk=redo[-1]), user=editor
    ):
        again.append(texts())
    assert again == seen[::-1]
    title.refresh_from_db()
    assert title.role == "body" and len(stacks(page, second_editor)[0]) == 1
