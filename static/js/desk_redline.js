// While somebody edits: the cut, the redline and house style follow what is typed.
const PAUSE = 500; // milliseconds without a key

export function followText() {
  const place = document.querySelector("[data-aids]");
  const form = document.querySelector("[data-edit]");
  if (!place || !form) return;
  const text = form.elements.edited;
  const says = form.querySelector("[data-aids-says]");
  let timer = 0;
  let asked = 0;
  let percent = place.querySelector(".cut-meter strong")?.textContent;
  async function show() {
    const number = ++asked;
    const body = new URLSearchParams({ edited: text.value, csrf_token: form.elements.csrf_token.value });
    try {
      const answer = await fetch(place.dataset.aids, { method: "POST", body, redirect: "error" });
      if (!answer.ok || number !== asked) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const open = [...place.querySelectorAll("details[open]")].map((one) => one.dataset.part);
      const left = new Set([...place.querySelectorAll("[name=tidy]:not(:checked)")].map((one) => one.value));
      for (const one of fresh.querySelectorAll("details")) one.open = open.includes(one.dataset.part);
      for (const box of fresh.querySelectorAll("[name=tidy]")) box.checked = !left.has(box.value);
      if (place.contains(document.activeElement)) return; // somebody is in it just now
      place.replaceChildren(...fresh.childNodes);
    } catch {
      return; // no connection: it stays as it was
    }
    const now = place.querySelector(".cut-meter strong")?.textContent;
    if (now && now !== percent) says.textContent = says.dataset.aidsSays.replace("%n", now.replace(/\D/g, ""));
    percent = now;
  }
  text.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(show, PAUSE);
  });
}
