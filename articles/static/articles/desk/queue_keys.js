// The queue by keys: j and k walk its rows, Enter opens the one at hand (a link's own way).

import { isTyping } from "./dom.js";

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const links = [...document.querySelectorAll("table.queue th a")];
  const at = links.indexOf(document.activeElement) + step;
  links[Math.min(Math.max(at, 0), links.length - 1)]?.focus();
});
