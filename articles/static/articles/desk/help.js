// The map of keys, and the switch that turns single keys off.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { KEYS, nameOf } from "./keys.js";

const OFF = "desk-single-keys-off";

export function areSingleKeysOff() {
  return Boolean(localStorage.getItem(OFF));
}

/** `commands`: what the keys do, each with its words. */
export function showHelp(commands) {
  const row = (keys, words) => h("tr", {}, h("td", {}, keys.map((key) => [h("kbd", {}, key), " "])), h("td", {}, words));
  const digits = row(["1", "…", "99"], "移到第几篇（两位数连按）");
  const table = ([group, listed]) =>
    h("table", {}, h("caption", {}, group), h("tbody", {}, group === "段落" && digits, Object.entries(listed).map(([name, keys]) => row(keys.map(nameOf), commands[name].words))));
  const off = h("input", { type: "checkbox", id: "single-keys", checked: areSingleKeysOff() });
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
  const shut = h("button", { type: "button", class: "default", autofocus: true }, "知道了");
  const body = h("div", {}, h("div", { class: "keys", tabindex: "0", role: "region", "aria-label": "按键" }, h("div", { class: "groups" }, Object.entries(KEYS).map(table))), h("p", { class: "field" }, off, " ", h("label", { for: "single-keys" }, "关掉单键（只用 Ctrl、Alt 组合键和方向键）")), h("p", { class: "press" }, shut));
  const dialog = openDialog({ title: "键盘一览", name: "help", wide: true, body });
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.key === "?" && dialog.close());
}
