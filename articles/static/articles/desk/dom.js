// Builds elements, and brings what is on the screen to the shape of a fresh tree: nodes are kept by key, focus with them.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "key") element.dataset.key = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(isShown));
  return element;
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

/** Make the children of `parent` like `fresh` (elements and strings). */
export function renderInto(parent, ...fresh) {
  const focused = document.activeElement;
  const wanted = document.createElement("div");
  wanted.append(...fresh.flat(Infinity).filter(isShown));
  matchChildren(parent, wanted);
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

function matchChildren(parent, wanted) {
  const keyed = new Map([...parent.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]));
  let at = parent.firstChild;
  for (const fresh of [...wanted.childNodes]) {
    const key = fresh.dataset?.key;
    const kept = key ? keyed.get(key) : at && isLike(at, fresh) ? at : null;
    if (!kept || kept.nodeName !== fresh.nodeName) {
      parent.insertBefore(fresh, at);
      continue;
    }
    if (kept === at) at = at.nextSibling;
    else parent.insertBefore(kept, at);
    match(kept, fresh);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function isLike(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && !old.dataset?.key;
}

function match(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "style") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  matchChildren(old, fresh);
}

export function isTyping(target) {
  return target instanceof HTMLElement && Boolean(target.closest("input, textarea, select, [contenteditable]"));
}
