// Copy: the letter as it would print (what was cut left out) to the clipboard, as plain text.
function printed(element) {
  const copy = element.cloneNode(true);
  for (const cut of copy.querySelectorAll("del")) cut.remove();
  const paragraphs = [...copy.querySelectorAll("p")].map((p) => p.textContent.replace(/\s+/g, " ").trim());
  return paragraphs.filter(Boolean).join("\n\n");
}

export function offerCopy() {
  if (!navigator.clipboard) return; // only on https or this machine
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = document.querySelector("[data-status]");
      try {
        await navigator.clipboard.writeText(printed(source));
        status.textContent = status.dataset.copied;
      } catch {
        status.textContent = status.dataset.notCopied;
      }
    });
  }
}
