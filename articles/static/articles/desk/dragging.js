// Passages dragged with the mouse: onto an article (where the layout puts them), before a passage in it, onto the tray,
// or onto the place for a new one. Everything here has a key too.

import { COMMANDS, contextOf, moveInto, reorder } from "./commands.js";

const TYPE = "application/x-passages";

export function listenToDragging(app, desk) {
  desk.addEventListener("dragstart", (event) => start(app, desk, event));
  desk.addEventListener("dragend", () => finish(desk));
  desk.addEventListener("dragover", (event) => {
    const goal = goalOf(event);
    mark(desk, goal);
    if (goal) event.preventDefault();
  });
  desk.addEventListener("drop", (event) => {
    const goal = goalOf(event);
    finish(desk);
    if (!goal) return;
    event.preventDefault();
    drop(app, goal);
  });
}

function start(app, desk, event) {
  const dragged = event.target.closest?.("[data-passage]");
  if (!dragged) return;
  const id = Number(dragged.dataset.passage);
  desk.classList.add("dragging"); // first: while something is dragged, no pane scrolls away from under it
  if (!app.selection.has(id)) app.selection.choose(id);
  event.dataTransfer.setData(TYPE, app.selection.ids.join(" "));
  event.dataTransfer.effectAllowed = "move";
}

function finish(desk) {
  desk.classList.remove("dragging");
  mark(desk, null);
}

/** What is under the pointer that takes passages: {element, kind}. */
function goalOf(event) {
  if (!event.dataTransfer.types.includes(TYPE)) return null;
  const kinds = [[".card .run", "run"], [".card", "article"], ["#new-article", "new"], ["#tray", "tray"]];
  for (const [selector, kind] of kinds) {
    const element = event.target.closest?.(selector);
    if (element) return { element, kind };
  }
  return null;
}

function mark(desk, goal) {
  for (const other of desk.querySelectorAll(".drop-here")) if (other !== goal?.element) other.classList.remove("drop-here");
  goal?.element.classList.add("drop-here");
}

function drop(app, { element, kind }) {
  const context = contextOf(app);
  const command = COMMANDS[{ tray: "set_aside", new: "move_to_new" }[kind] ?? "move_to"];
  const why = command.not(context);
  if (why) return app.say(why);
  if (kind === "tray" || kind === "new") return command.run(context);
  const article = context.state.articles.find(({ id }) => id === Number(element.closest(".card").dataset.article));
  const before = kind === "run" ? Number(element.dataset.passage) : "";
  if (context.passages.some(({ id }) => id === before)) return app.say("放回了原处。");
  if (before && context.passages.length === 1 && context.passage.article === article.id) return putBefore(context, article, before);
  return moveInto(context, article, before);
}

function putBefore({ app, passage }, article, before) {
  const order = article.passages.filter((id) => id !== passage.id);
  order.splice(order.indexOf(before), 0, passage.id);
  return reorder(app, article, order, [passage.id], `第${passage.number}段在文中移动`);
}
