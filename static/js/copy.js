// Copies to the clipboard. Each element with `data-clip` has a button with `data-clip-button`
// and what it copies: its own field, or, with `data-clip-from`, the rich text and the plain text
// among the copies of that name (`copies-html`, `copies-text`). Without script, buttons that have
// nothing to do are hidden, and the fields can be copied by hand.
const armed = new WeakSet();

export function armCopies(root) {
  for (const part of root.querySelectorAll("[data-clip]")) {
    if (armed.has(part)) continue;
    armed.add(part);
    const button = part.querySelector("[data-clip-button]");
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      copy(part);
    });
  }
}

async function copy(part) {
  const from = part.dataset.clipFrom;
  const field = from ? document.getElementById(`${from}-text`) : part.querySelector("input, textarea");
  try {
    if (from) await copyRich(document.getElementById(`${from}-html`).value, field.value);
    else await copyPlain(field);
    say(part, "Copied.");
  } catch {
    const box = field.closest("details");
    if (box) box.open = true;
    field.focus();
    field.select();
    say(part, "Not copied: press Ctrl+C, or Command+C on a Mac.");
  }
}

async function copyRich(html, plain) {
  if (navigator.clipboard && window.ClipboardItem) {
    const item = new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" }),
    });
    await navigator.clipboard.write([item]);
    return;
  }
  // Pages that come by plain http have no clipboard object: the older way, by an event.
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", plain);
  };
  document.addEventListener("copy", put, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put);
  if (!done) throw new Error("not copied");
}

async function copyPlain(field) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(field.value);
    return;
  }
  field.select();
  if (!document.execCommand("copy")) throw new Error("not copied");
}

function say(part, words) {
  let says = part.querySelector("[data-clip-says]");
  if (!says) {
    says = document.createElement("span");
    says.dataset.clipSays = "";
    says.setAttribute("role", "status");
    says.className = "small quiet";
    part.append(says);
  }
  says.textContent = words;
}

armCopies(document);
