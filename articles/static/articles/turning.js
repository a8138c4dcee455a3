// ← and → turn to the hit before and after (.trail) on a page opened from a search, else to what its last row of links
// (.turn) names, unless the reader is typing or the keys have something else to do: a modifier, a control that has the
// focus, a page that is wider than its window.

const BUSY = "input, textarea, select, audio, video, [contenteditable], [role]";

document.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const held = event.ctrlKey || event.altKey || event.shiftKey || event.metaKey || event.isComposing;
  if (!way || held || event.defaultPrevented || event.target.closest(BUSY)) return;
  if (document.documentElement.scrollWidth > window.innerWidth || !getSelection().isCollapsed) return;
  const row = document.querySelector(".trail") ? ".trail" : ".turn";
  document.querySelector(`${row} a[rel~=${way}]`)?.click();
});
