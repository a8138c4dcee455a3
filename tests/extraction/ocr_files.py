"""ALTO and hOCR of invented pages, laid out by a few words: blocks of lines, a line a text with its box."""


def alto(blocks, size=(1000, 2000), head="", order=(), attributes=None, words=list):
    """blocks: lists of (text, left, top, width, height); `words`: what of a text is a String, else a character."""
    said = []
    for n, lines in enumerate(blocks):
        rows = []
        for text, left, top, width, height in lines:
            parts = words(text)
            step = width / len(parts)
            strings = "<SP/>".join(
                f'<String CONTENT="{part}" HPOS="{left + i * step}" VPOS="{top}" WIDTH="{step}" HEIGHT="{height}"/>'
                for i, part in enumerate(parts)
            )
            rows.append(f'<TextLine HPOS="{left}" VPOS="{top}" WIDTH="{width}" HEIGHT="{height}">{strings}</TextLine>')
        more = (attributes or {}).get(n, "")
        said.append(f'<TextBlock ID="b{n}"{more}>{"".join(rows)}</TextBlock>')
    refs = "".join(f'<ElementRef REF="b{n}"/>' for n in order)
    reading = f"<ReadingOrder><OrderedGroup>{refs}</OrderedGroup></ReadingOrder>" if order else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{reading}'
        f'<Layout><Page WIDTH="{size[0]}" HEIGHT="{size[1]}"><PrintSpace>{"".join(said)}</PrintSpace>'
        "</Page></Layout></alto>"
    )


def hocr(blocks, size=(1000, 2000), words=list):
    said = []
    for lines in blocks:
        rows = []
        for text, left, top, width, height in lines:
            parts = words(text)
            step = width / len(parts)
            spans = " ".join(
                f"<span class='ocrx_word' title='bbox {int(left + i * step)} {top} {int(left + (i + 1) * step)} "
                f"{top + height}; x_wconf 93'>{part}</span>"
                for i, part in enumerate(parts)
            )
            box = f"{left} {top} {left + width} {top + height}"
            rows.append(f"<span class='ocr_line' title=\"bbox {box}; x_size 20\">{spans}</span>")
        said.append(f"<div class='ocr_carea'><p class='ocr_par' lang='chi_sim'>\n{' '.join(rows)}\n</p></div>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html><head><title>扫描件</title>'
        "<meta name='ocr-system' content='tesseract 5.3.0'/></head><body>"
        f"<div class='ocr_page' title='image \"02.png\"; bbox 0 0 {size[0]} {size[1]}; ppageno 0'>{''.join(said)}</div>"
        "</body></html>"
    )


STORY = [
    [("青杨渡石桥修缮完工", 100, 100, 800, 80)],
    [("□本报记者 柳青禾", 100, 220, 160, 20)],
    [
        ("青杨渡老石桥的修缮工程日前全部完工，", 140, 260, 340, 20),
        ("桥面新铺了六百块青石板。", 100, 290, 240, 20),
        ("住在桥头的居民说，夜里过桥再也不用", 140, 320, 340, 20),
        ("打着手电看脚下的坑洼。", 100, 350, 220, 20),
    ],
]
TEXT = (
    "青杨渡石桥修缮完工\n\n□本报记者柳青禾\n\n青杨渡老石桥的修缮工程日前全部完工，桥面新铺了六百块青石板。\n"
    "住在桥头的居民说，夜里过桥再也不用打着手电看脚下的坑洼。"
)
