// Text that a reader has selected goes along to the form that reports a mistake in it; a link to that form appears
// beside the selection.

const LONGEST = 300;
const link = document.querySelector("[data-report]");
const text = document.getElementById("main");
const floating = document.createElement("a");
floating.className = "report-here";
floating.textContent = "指出错误";
floating.hidden = true;
text.append(floating);

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return "";
  return selection.toString().trim().slice(0, LONGEST);
}

function addressFor(quote) {
  const address = new URL(link.href);
  if (quote) address.searchParams.set("quote", quote);
  else address.searchParams.delete("quote");
  return address.href;
}

function offer() {
  const quote = selected();
  floating.hidden = !quote;
  link.href = addressFor(quote);
  if (!quote) return;
  floating.href = link.href;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  floating.style.top = `${scrollY + box.bottom + 6}px`;
  floating.style.left = `${Math.min(scrollX + box.left, scrollX + document.documentElement.clientWidth - 96)}px`;
}

document.addEventListener("selectionchange", offer);
