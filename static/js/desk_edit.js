// While somebody edits: how many words the text has, what is typed kept at the desk (and, where
// that cannot be reached, in the window), and a question before unkept text is left.
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*(?:[-‐‑][\p{L}\p{N}\p{M}'’]+)*/gu;
const DRAFT = "desk-draft:";
const FOR_READING = "en-US";
const PAUSE = 1200; // milliseconds without a key before what was typed is kept

function kept(action) {
  try {
    return action(window.sessionStorage);
  } catch {
    return null; // without storage nothing is kept
  }
}

// What would be saved; ticks of what is offered beside the text are not part of it.
function filled(form) {
  const data = new FormData(form);
  data.delete("tidy");
  return new URLSearchParams(data).toString();
}

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
function keepHere(text, notice) {
  const key = DRAFT + notice.dataset.draft;
  const draft = kept((storage) => storage.getItem(key));
  if (draft !== null && draft !== text.value) {
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", () => {
      text.value = draft;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      notice.hidden = true;
      text.focus();
    });
  }
  text.addEventListener("input", () => kept((storage) => storage.setItem(key, text.value)));
}

// What was typed is kept at the desk in each pause; one request at a time, the last one counts.
function keepAtDesk(form, status) {
  let stored = form.hasAttribute("data-unkept") ? "" : filled(form);
  let timer = 0;
  let isBusy = false;
  let isSent = false;
  async function keep(isLeaving = false) {
    window.clearTimeout(timer);
    const typed = filled(form);
    if (isSent || typed === stored || (isBusy && !isLeaving)) return;
    isBusy = true;
    try {
      const answer = await fetch(status.dataset.kept, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
        body: typed,
        keepalive: isLeaving,
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      stored = typed;
      status.textContent = (await answer.json()).says;
    } catch {
      status.textContent = status.dataset.lost;
    } finally {
      isBusy = false;
    }
    if (filled(form) !== stored && status.textContent !== status.dataset.lost) later();
  }
  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  }
  form.addEventListener("input", later);
  if (stored === "") later();
  form.addEventListener("submit", () => (isSent = true));
  document.addEventListener("visibilitychange", () => document.hidden && keep(true));
  window.addEventListener("pagehide", () => keep(true));
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && filled(form) !== stored) {
      keep(true);
      event.preventDefault();
    }
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
  keepHere(text, form.querySelector("[data-draft]"));
  keepAtDesk(form, form.querySelector("[data-kept]"));
}
