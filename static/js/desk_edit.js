// While somebody edits: how many words the text has, and a question before typed text is left.
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*(?:[-‐‑][\p{L}\p{N}\p{M}'’]+)*/gu;

export function countWords() {
  const form = document.querySelector("[data-edit]");
  const text = form?.querySelector("[data-words]");
  const count = form?.querySelector("[data-count]");
  if (!text || !count) return;
  const before = Number(text.dataset.words);
  const show = () => {
    const now = (text.value.match(WORDS) ?? []).length;
    count.textContent = count.dataset.count.replace("%b", before.toLocaleString("en-US")).replace("%n", now.toLocaleString("en-US"));
  };
  text.addEventListener("input", show);
  show();

  const filled = new URLSearchParams(new FormData(form)).toString();
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  window.addEventListener("beforeunload", (event) => {
    const isChanged = new URLSearchParams(new FormData(form)).toString() !== filled;
    if (isChanged && !isSent) event.preventDefault();
  });
}
