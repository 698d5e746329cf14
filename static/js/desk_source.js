// Words that are selected in the letter are the ones a source is asked for.

function selected() {
  const text = document.getElementById("letter-text");
  const selection = document.getSelection();
  if (!text || !selection || selection.isCollapsed || !selection.rangeCount) return "";
  if (!text.contains(selection.getRangeAt(0).commonAncestorContainer)) return "";
  return selection.toString().replace(/\s+/g, " ").trim();
}

export function askForSelected() {
  for (const form of document.querySelectorAll("form[data-ask-source]")) {
    form.addEventListener("submit", () => {
      const words = selected();
      if (words) form.elements.quote.value = words.slice(0, 500);
    });
  }
}
