// 复制 beside what can be copied: a reference as it stands ([data-copy]), or the text of a file ([data-copy-file]).

const SHOWN_FOR = 2000;

for (const source of document.querySelectorAll("[data-copy], [data-copy-file]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "复制";
  button.setAttribute("aria-label", `复制 ${nameOf(source)}`);
  button.addEventListener("click", () => copy(source, button));
  if (source.matches("a")) source.after(" ", button);
  else source.append(" ", button);
}

function nameOf(source) {
  return source.matches("a") ? source.textContent : source.parentElement.querySelector("dt").textContent;
}

async function copy(source, button) {
  let done;
  try {
    await write(source.matches("a") ? await (await fetch(source.href)).text() : source.firstChild.data.trim());
    done = "已复制";
  } catch {
    done = "没有复制成，请选中后复制";
  }
  button.textContent = done;
  say(done);
  setTimeout(() => { button.textContent = "复制"; }, SHOWN_FOR);
}

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Browsers give the clipboard to sites with TLS only; the old way works on any.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("refused");
}

function say(words) {
  const status = document.querySelector(".copy-status") ?? document.createElement("p");
  status.className = "copy-status unseen";
  status.setAttribute("role", "status");
  document.querySelector(".cite").append(status);
  status.textContent = words;
}
