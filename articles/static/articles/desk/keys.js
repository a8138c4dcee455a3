// One table of keys and what they do; the help dialog shows the same table.

export const KEYS = {
  选段落: {
    previous: ["ArrowUp", "k"],
    next: ["ArrowDown", "j"],
    extend_up: ["Shift+ArrowUp", "K"],
    extend_down: ["Shift+ArrowDown", "J"],
    walk_up: ["Ctrl+ArrowUp"],
    walk_down: ["Ctrl+ArrowDown"],
    toggle: [" "],
    pick_paragraph: ["A"],
    pick_article: ["a"],
    unpick: ["Escape"],
    previous_article: ["ArrowLeft"],
    next_article: ["ArrowRight"],
    far_up: ["PageUp"],
    far_down: ["PageDown"],
    find: ["/"],
    first: ["Home"],
    last: ["End"],
  },
  段落: {
    move_to_new: ["n"],
    move_to: ["g"],
    set_role: ["r"],
    edit: ["e", "Enter"],
    cut: ["x"],
    join: ["p"],
    split_here: ["s"],
    split_titled: ["S"],
    earlier: ["Alt+ArrowUp"],
    later: ["Alt+ArrowDown"],
    fold: ["f"],
    mask: ["H"],
    unmask: ["O"],
    set_aside: ["d", "Delete"],
  },
  文章: {
    merge_previous: ["m"],
    merge_next: ["M"],
    merge_any: ["w"],
    headline: ["h"],
    kind: ["t"],
    category: ["c"],
    column: ["l"],
    credits: ["b"],
    keywords: ["q"],
    in_page_order: ["z"],
    jump: ["v"],
    withdraw: ["W"],
  },
  疑问: { next_doubt: ["."], previous_doubt: [","], accept: ["y"], dismiss: ["i"] },
  这一版: {
    undo: ["u", "Ctrl+z"],
    redo: ["U", "Ctrl+Shift+z", "Ctrl+y"],
    finish: ["Ctrl+Enter"],
    previous_page: ["["],
    next_page: ["]"],
    claim: ["C"],
    assign: ["G"],
    reopen: ["R"],
    unfixable: ["X"],
    facsimile: ["o"],
    help: ["?"],
  },
};

const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", " ": "空格", Enter: "回车", Escape: "Esc", Delete: "Del", "Ctrl+z": "Ctrl+Z", "Ctrl+Shift+z": "Ctrl+Shift+Z", "Ctrl+y": "Ctrl+Y" };

/** The first key of a command, for hints on buttons. */
export function keyOf(command) {
  const keys = Object.values(KEYS).map((group) => group[command]).find(Boolean);
  return keys ? nameOf(keys[0]) : "";
}

export function nameOf(key) {
  const shown = key.split("+").map((part) => NAMES[part] ?? part).join("+");
  return NAMES[key] ?? (key.length === 1 && key !== key.toLowerCase() ? `Shift+${key}` : shown);
}
