// Small rules about text, as the server has them (articles/extraction/assemble.py).

const MARKS_BEFORE = /^(?:[#*|｜\s]|——+|--+|—|─+|◎|●|■|◆|▲|★|☆|□|【)+/u;
const MARKS_AFTER = /(?:[*|｜\s#]|——+|—|─+|】|[:：])+$/u;

/** A title without the marks around it, in one line. */
export function cleanTitle(text) {
  return text.trim().replace(/\s*\n\s*/g, " ").replace(MARKS_BEFORE, "").replace(MARKS_AFTER, "");
}

export function excerpt(text, length = 18) {
  const line = text.split(/\s+/).join(" ");
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

/** Length in characters as the server counts them, not in UTF-16 units. */
export function lengthOf(text) {
  return [...text].length;
}

export function solidLength(text) {
  return lengthOf(text.replace(/\s+/gu, ""));
}

/** {before, gone, come, after}: where two texts part and where they meet again. */
export function difference(old, now) {
  const [a, b] = [[...old], [...now]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return {
    before: a.slice(0, start).join(""),
    gone: a.slice(start, a.length - end).join(""),
    come: b.slice(start, b.length - end).join(""),
    after: a.slice(a.length - end).join(""),
  };
}

/** How much of `text` also stands in `other`, by pairs of characters, from 0 to 1. */
export function likeness(text, other) {
  const pairs = pairsOf(text);
  const others = pairsOf(other);
  let shared = 0;
  for (const pair of pairs) if (others.has(pair)) shared++;
  return pairs.size ? shared / pairs.size : 0;
}

function pairsOf(text) {
  const letters = [...text.replace(/\s+/gu, "")];
  return new Set(letters.slice(1).map((letter, i) => letters[i] + letter));
}

/** A confidence in words. */
export function confidenceWords(value) {
  if (value === null || value === undefined) return "";
  if (value >= 0.9) return "把握大";
  if (value >= 0.7) return "较有把握";
  return value >= 0.4 ? "把握不大" : "没有把握";
}
