// The one small toolbar for what is chosen. A press that does not fit stays where it is and says why not.

import { COMMANDS, contextOf } from "./commands.js";
import { h } from "./dom.js";
import { keyOf } from "./keys.js";

const OFFERED = ["move_to", "move_to_new", "set_role", "edit", "join", "split_here", "split_titled", "cut", "fold", "mask", "unmask", "set_aside", "earlier", "later"];

export function toolbar(app) {
  const context = contextOf(app);
  const { passages, passage } = context;
  const words = passages.length > 1 ? `已选 ${passages.length} 段` : passage ? `第${passage.number}段` : "未选";
  const button = (name) => {
    const why = COMMANDS[name].not?.(context);
    return h("button", { type: "button", key: name, "data-command": name, "aria-disabled": why ? "true" : null, title: why || null }, label(name, passage), " ", h("kbd", { "aria-hidden": "true" }, keyOf(name)));
  };
  return [h("span", { class: "chosen", key: "chosen" }, words), OFFERED.map(button)];
}

function label(name, passage) {
  if (name === "join") return passage?.joins ? "断开" : "接上段";
  if (name === "fold") return passage?.repeats ? "取消重复" : "重复";
  if (name === "earlier") return "前移";
  if (name === "later") return "后移";
  if (name === "split_titled") return "另起作标题";
  return COMMANDS[name].words;
}
