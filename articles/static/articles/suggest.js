// Suggestions while typing in a search box: a combobox with a list of places to go to (ARIA APG, list autocomplete).

const PAUSE = 150; // milliseconds of rest before asking
let boxes = 0;

function combobox(input, address) {
  const list = document.createElement("ul");
  const frame = document.createElement("span");
  let active = -1, timer, asking;

  list.id = `suggestions-${++boxes}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "检索建议");
  frame.className = "combobox";
  const focused = document.activeElement === input;
  input.replaceWith(frame);
  frame.append(input, list);
  if (focused) input.focus();
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id, autocomplete: "off" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  function point(to) {
    active = to;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === to)));
    const option = list.children[to];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    show(false);
  }

  function fill(found) {
    list.replaceChildren(...found.map(({ kind, words, address }, place) => {
      const option = document.createElement("li");
      const label = document.createElement("span");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.dataset.address = address;
      label.className = "count";
      label.textContent = kind;
      option.append(label, " ", words);
      return option;
    }));
    point(-1);
    show(found.length > 0);
  }

  async function ask() {
    const typed = input.value.trim();
    asking?.abort();
    if (!typed) return show(false);
    asking = new AbortController();
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal });
      if (answer.ok) fill((await answer.json()).suggestions);
    } catch { /* typed on, or the line is down: no suggestions */ }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  input.addEventListener("input", (event) => event.isComposing || later());
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const many = list.children.length;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "ArrowDown" && many) {
      show(true);
      point((active + 1) % many);
    } else if (event.key === "ArrowUp" && many) {
      show(true);
      point(active > 0 ? active - 1 : many - 1);
    } else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.address);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  combobox(form.querySelector("input[name=q]"), form.dataset.suggest);
}
