"""What of a passage is covered, where it was corrected and where editors decided."""

from articles.privacy.masking import HIDDEN, SHOWN, cover, cut_piece, mask_pieces, runs_of

TEXT = "失物招领，请联系13800138000。\n王小二收"


def covered(*pieces):
    masks = zip(pieces, mask_pieces(pieces), strict=True)
    return [(cover(piece.source, printed), cover(piece.text, text)) for piece, (printed, text) in masks]


def piece(text=TEXT, corrected=None, decisions=(), start=0, end=None, joins=False):
    return cut_piece(text, start, len(text) if end is None else end, corrected, decisions, joins)


def test_what_the_program_finds_is_covered():
    assert covered(piece())[0][1] == "失物招领，请联系138＊＊＊＊＊＊＊＊。\n王小二收"


def test_an_editors_word_counts_for_more():
    at = TEXT.index("138")
    shown = piece(decisions=[[at, at + 11, SHOWN]])
    assert covered(shown)[0][1] == TEXT
    hidden = piece(decisions=[[TEXT.index("王"), len(TEXT) - 1, HIDDEN]])
    assert covered(hidden)[0][1].endswith("\n＊＊＊收")


def test_a_passage_begins_where_its_text_does():
    text = "\n  王小二收\n"
    assert covered(piece(text, decisions=[[3, 6, HIDDEN]]))[0][1] == "＊＊＊收"


def test_a_slip_that_is_corrected_covers_the_slip_too():
    print_with_slip = "电话l3800138000。"  # an l for the 1
    assert covered(piece(print_with_slip, "电话13800138000。")) == [
        ("电话l38＊＊＊＊＊＊＊＊。", "电话138＊＊＊＊＊＊＊＊。")
    ]


def test_a_number_that_is_corrected_stays_covered():
    printed, text = covered(piece("电话13800138000。", "电话1380013800。"))[0]
    assert "0013800" not in printed + text


def test_decisions_are_carried_over_to_a_correction():
    text = "王小二收到了。"
    assert covered(piece(text, "今天王小三收到了。", [[0, 3, HIDDEN]])) == [("＊＊＊收到了。", "今天＊＊＊收到了。")]


def test_a_number_over_two_passages_is_covered():
    whole = "联系138001\n别的文章。\n38000张某"
    pieces = [piece(whole, end=9), piece(whole, start=15, joins=True)]
    assert [text for _, text in covered(*pieces)] == ["联系138＊＊＊", "＊＊＊＊＊张某"]


def test_the_page_tells_what_a_passage_alone_does_not():
    whole = "遗失身份证\n330100850101123"
    assert covered(piece(whole, start=6))[0][1] == "33＊＊＊＊＊＊＊＊＊＊＊＊＊"


def test_runs_take_the_blanks_inside_along():
    text = "电话 138 0013 8000 。"
    hidden = bytes(c in "0123456789" for c in text)
    assert [text[a:b] for a, b in runs_of(text, hidden)] == ["138 0013 8000"]
