// Keeps what was typed into a form of an act until that form is sent, while other forms of the page are sent before it.
// Drafts live in the tab (sessionStorage), each editor's apart; the server never sees them.

const { me } = document.getElementById("drafts").dataset;
const forms = document.querySelectorAll("#desk-page form[data-act]");

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
}

function initial(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
  if (field.options) return [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value;
  return field.defaultValue;
}

function current(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
}

function keyOf(form) {
  const about = [...form.elements].filter((field) => ["block", "article", "at"].includes(field.name) && field.type === "hidden");
  return ["draft", me, new URL(form.action).pathname, ...about.map((field) => field.value)].join(" ");
}

function keep(form) {
  const changed = fieldsOf(form).filter((field) => current(field) !== initial(field));
  if (changed.length === 0) return sessionStorage.removeItem(keyOf(form));
  const draft = changed.map((field) => [field.name, current(field), initial(field)]);
  sessionStorage.setItem(keyOf(form), JSON.stringify(draft));
}

function restore(form) {
  const draft = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "[]");
  let restored = false;
  let changedSince = false;
  for (const [name, value, before] of draft) {
    const field = fieldsOf(form).find((candidate) => candidate.name === name);
    if (!field || current(field) === value) continue;
    changedSince ||= current(field) !== before;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    restored = true;
  }
  if (restored) say(form, changedSince);
}

function say(form, changedSince) {
  const notice = document.createElement("p");
  notice.className = "told";
  notice.setAttribute("role", "status");
  notice.textContent = changedSince
    ? "已放回您上次没有提交的内容；这一项此后已被改动，提交前请对照。"
    : "已放回您上次没有提交的内容。";
  const drop = document.createElement("button");
  drop.type = "button";
  drop.textContent = "放弃";
  drop.addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    form.reset();
    notice.remove();
  });
  notice.append(" ", drop);
  form.prepend(notice);
}

for (const form of forms) {
  restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => sessionStorage.removeItem(keyOf(form)));
}
