// ← and → turn to what the page's last row of links (.turn) names, unless the reader is typing or the keys have
// something else to do: a modifier, a control that has the focus, a page that is wider than its window.

const BUSY = "input, textarea, select, audio, video, [contenteditable], [role]";

document.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const held = event.ctrlKey || event.altKey || event.shiftKey || event.metaKey || event.isComposing;
  if (!way || held || event.defaultPrevented || event.target.closest(BUSY)) return;
  if (document.documentElement.scrollWidth > window.innerWidth || !getSelection().isCollapsed) return;
  document.querySelector(`.turn a[rel=${way}]`)?.click();
});
