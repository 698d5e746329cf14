// Copies to the clipboard. Each part with `data-copy` holds a button (hidden without script) and
// what it copies: an element with `data-copy-html` (rich text, plain text beside it) or a field.
function sayIn(part, words) {
  let says = part.querySelector("[data-copy-says]");
  if (!says) {
    says = document.createElement("span");
    says.dataset.copySays = "";
    says.setAttribute("role", "status");
    says.className = "small quiet";
    part.append(says);
  }
  says.textContent = words;
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
  if (!document.execCommand("copy")) {
    document.removeEventListener("copy", put);
    throw new Error("not copied");
  }
}

async function copyPlain(field) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(field.value);
    return;
  }
  field.select();
  if (!document.execCommand("copy")) throw new Error("not copied");
}

for (const part of document.querySelectorAll("[data-copy]")) {
  const button = part.querySelector("[data-copy-button]");
  const field = part.querySelector("textarea, input");
  const rich = part.querySelector("[data-copy-html]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (rich) await copyRich(rich.value, field.value);
      else await copyPlain(field);
      sayIn(part, part.dataset.copied || "Copied.");
    } catch {
      if (field) {
        const box = field.closest("details");
        if (box) box.open = true;
        field.focus();
        field.select();
      }
      sayIn(part, part.dataset.notCopied || "Not copied: press Ctrl+C.");
    }
  });
}
