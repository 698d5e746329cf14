// While somebody edits: how many words the text has, a copy of what was typed for as long as the
// window is open, and a question before typed text is left.
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*(?:[-‐‑][\p{L}\p{N}\p{M}'’]+)*/gu;
const DRAFT = "desk-draft:";
const FOR_READING = "en-US";

function kept(action) {
  try {
    return action(window.sessionStorage);
  } catch {
    return null; // without storage nothing is kept
  }
}

const filled = (form) => new URLSearchParams(new FormData(form)).toString();

function count(text, place) {
  const before = Number(text.dataset.words).toLocaleString(FOR_READING);
  const show = () => {
    const now = (text.value.match(WORDS) ?? []).length.toLocaleString(FOR_READING);
    place.textContent = place.dataset.count.replace("%b", before).replace("%n", now);
  };
  text.addEventListener("input", show);
  show();
}

// What was typed stays in the window until it is saved: a log-in may end while somebody writes.
function keep(text, notice) {
  const key = DRAFT + notice.dataset.draft;
  const draft = kept((storage) => storage.getItem(key));
  if (draft !== null && draft !== text.value) {
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", () => {
      text.value = draft;
      text.dispatchEvent(new Event("input"));
      notice.hidden = true;
      text.focus();
    });
  }
  text.addEventListener("input", () => kept((storage) => storage.setItem(key, text.value)));
}

function ask(form) {
  const before = filled(form);
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && filled(form) !== before) event.preventDefault();
  });
}

export function editText() {
  const form = document.querySelector("[data-edit]");
  if (!form) {
    // The letter is shown again: it was saved, or left on purpose.
    const ref = document.querySelector("[data-letter]")?.dataset.letter;
    if (ref) kept((storage) => storage.removeItem(DRAFT + ref));
    return;
  }
  const text = form.querySelector("[data-words]");
  count(text, form.querySelector("[data-count]"));
  keep(text, form.querySelector("[data-draft]"));
  ask(form);
}
