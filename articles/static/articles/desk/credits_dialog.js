// Who is named in an article: rows of name, role, unit; people offered by name, namesakes told apart, new ones made.

import { openForm, select, textInput } from "./dialogs.js";
import { h } from "./dom.js";
import { getJson } from "./sending.js";
import { excerpt } from "./text.js";

const NEW = "new person";
const SPARE = 1;

export function editCredits({ app, article }) {
  const rows = h("div", { class: "credits" });
  const names = h("datalist", { id: "people" });
  const more = h("button", { type: "button" }, "添一行");
  const { form } = openForm({
    app,
    command: "credits",
    given: { article: article.id },
    title: `《${excerpt(article.title)}》署名`,
    wide: true,
    submit: "改好",
    extra: [more],
    build: (values) => {
      const credits = values ? creditsOf(values) : article.credits;
      for (const credit of [...credits, ...Array(SPARE).fill({})]) addRow(app, rows, credit);
      return [rows, names, h("p", { class: "quiet" }, "姓名留空的一行会去掉。")];
    },
    done: (data, draft) => {
      const credits = creditsOf(Object.fromEntries(data));
      const fields = credits.flatMap((credit, i) => Object.entries(credit).map(([name, value]) => [`${name}_${i}`, value ?? ""]));
      const words = `改《${excerpt(article.title)}》的署名`;
      const hint = { credits: credits.map((credit) => ({ ...credit, person: null })) };
      app.store.ask("set_credits", [["article", article.id], ["rows", credits.length], ...fields], { words, hint, draft });
      return "";
    },
  });
  more.addEventListener("click", () => addRow(app, rows, {}).querySelector("input").focus());
  let asked;
  form.addEventListener("input", ({ target }) => {
    if (!target.name.startsWith("name_") || !target.value.trim()) return;
    clearTimeout(asked);
    asked = setTimeout(() => offerNames(app, names, target), 150);
  });
}

function creditsOf(values) {
  const numbers = Object.keys(values).filter((name) => name.startsWith("name_")).map((name) => name.slice(5));
  const credits = numbers.map((i) => ({ name: values[`name_${i}`].trim(), role: values[`role_${i}`], unit: values[`unit_${i}`], person: values[`person_${i}`] ?? "" }));
  return credits.filter((credit) => credit.name);
}

function addRow(app, rows, { name = "", role = "reporter", unit = "", person = "" }) {
  const i = rows.children.length;
  const input = textInput(`name_${i}`, name, { list: "people", maxlength: 60, "aria-label": `第${i + 1}行姓名`, placeholder: "姓名", size: 8, autofocus: i === 0 });
  const who = h("span", { class: "who" });
  const row = h("div", { class: "credit", role: "group", "aria-label": `第${i + 1}行` },
    input,
    select(`role_${i}`, app.choices.credit_roles, role, { "aria-label": `第${i + 1}行身份` }),
    textInput(`unit_${i}`, unit, { maxlength: 100, "aria-label": `第${i + 1}行单位`, placeholder: "单位" }),
    who);
  rows.append(row);
  input.addEventListener("change", () => tellApart(app, who, i, input.value.trim(), ""));
  if (name) tellApart(app, who, i, name, String(person ?? ""));
  return row;
}

async function people(app, words) {
  try {
    return await getJson(`${app.addresses.people}?${new URLSearchParams({ q: words })}`);
  } catch {
    return []; // without help the name is still sent
  }
}

async function offerNames(app, list, input) {
  const found = await people(app, input.value.trim());
  const known = [...new Set(found.map((person) => person.name))];
  list.replaceChildren(...known.map((name) => h("option", { value: name })));
}

/** Whom a name stands for: nothing to say of a new one, a choice where it is known. */
async function tellApart(app, place, i, name, chosen) {
  const known = name ? (await people(app, name)).filter((person) => person.name === name) : [];
  if (!known.length) return place.replaceChildren(...(name ? [h("span", { class: "quiet" }, "新人物")] : []));
  const another = [NEW, `另一位${name}（新建）`];
  const one = [["", `${name}${known[0].note ? `（${known[0].note}）` : ""} ${known[0].articles}篇`]];
  const several = known.map((person) => [person.id, `${name}（${person.note || `编号${person.id}`}）${person.articles}篇`]);
  const choices = known.length > 1 ? [["", "有同名者，请选择"], ...several, another] : [...one, another];
  return place.replaceChildren(select(`person_${i}`, choices, known.length > 1 || chosen === NEW ? chosen : "", { "aria-label": `第${i + 1}行是哪一位` }));
}
