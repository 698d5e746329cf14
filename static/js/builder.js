// The builder of an edition without reloads: each button's step is sent as its form would send
// it, and the page that comes back takes the place of this one, focus and scroll kept. What is
// typed saves itself when a field is left. Without script the same forms do the same.
import { armCopies } from "./copy.js";

const SAVED_PARTS = ["builder-head", "budget", "pool", "not-ready", "suggestion", "preview-sheet", "copies"];
let turn = Promise.resolve(); // one request after the other: each needs the version of the last

function outline() {
  return document.getElementById("outline");
}

function say(words) {
  const says = document.getElementById("autosave");
  if (says) says.textContent = words;
}

async function ask(form, submitter) {
  const sent = new URLSearchParams(new FormData(form, submitter)); // as the form itself sends it
  const answer = await fetch(form.action, { method: "POST", body: sent });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { answer, page };
}

function isBuilder(page) {
  return page.querySelector("main.builder-page") !== null;
}

// All of the page, as after a reload.
function takeOver(page, submitter) {
  const focused = submitter && submitter.id;
  const opened = [...document.querySelectorAll("main details[open][id]")].map((one) => one.id);
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  for (const role of ["status", "alert"]) {
    const here = document.querySelector(`.desk-says[role=${role}]`);
    const there = page.querySelector(`.desk-says[role=${role}]`);
    if (here && there) here.innerHTML = there.innerHTML;
  }
  for (const id of opened) {
    const box = document.getElementById(id);
    if (box) box.open = true;
  }
  arm();
  const error = document.querySelector(".error-summary, .builder-error [role=alert]");
  const next = error || (focused && document.getElementById(focused)) || near(focused);
  if (next) {
    if (error) next.tabIndex = -1;
    next.focus({ preventScroll: !error });
    next.scrollIntoView({ block: "nearest" });
  }
}

// A button that has gone with its letter: the next letter of the list, else the list's heading.
function near(id) {
  if (id && id.startsWith("place-")) return document.querySelector("#pool .letter-row .button");
  const heading = document.getElementById(id && id.startsWith("place-") ? "pool-title" : "outline-title");
  if (heading) heading.tabIndex = -1;
  return heading;
}

// Only what follows from the text: whoever types on keeps the field, its words, the caret.
function refresh(page) {
  document.title = page.title;
  document.getElementById("edition-version").value = page.getElementById("edition-version").value;
  for (const id of SAVED_PARTS) {
    const here = document.getElementById(id);
    const there = page.getElementById(id);
    if (!here || !there || here.contains(document.activeElement)) continue;
    if (here.tagName === "DETAILS") there.open = here.open;
    here.replaceWith(document.adoptNode(there));
  }
  armCopies(document);
}

function step(form, submitter) {
  turn = turn.then(async () => {
    const main = document.querySelector("main");
    main.inert = true; // nothing is typed into what is about to be replaced
    try {
      const { page } = await ask(form, submitter);
      if (!isBuilder(page)) throw new Error("another page came back");
      takeOver(page, submitter);
    } catch {
      main.inert = false;
      resend(form, submitter);
    }
  });
}

// No connection, a log-in that ended: the browser sends it and shows what comes.
function resend(form, submitter) {
  form.removeEventListener("submit", onSubmit);
  if (submitter && submitter.form) submitter.form.requestSubmit(submitter);
  else form.submit();
}

function save() {
  turn = turn.then(async () => {
    const form = outline();
    if (!form || form.dataset.saved === written(form)) return;
    const typed = written(form);
    say("Saving…");
    try {
      const { answer, page } = await ask(form, null);
      if (!isBuilder(page)) throw new Error("another page came back");
      if (answer.ok) {
        refresh(page);
        form.dataset.saved = typed;
        say("Saved.");
      } else {
        takeOver(page, null);
      }
    } catch {
      say("Not saved: no connection. Your text is kept here.");
    }
  });
}

function written(form) {
  const fields = form.querySelectorAll("#title, #editors_note, [name^='subhead-']");
  return JSON.stringify([...fields].map((field) => [field.name, field.value]));
}

function onSubmit(event) {
  event.preventDefault();
  step(event.target, event.submitter);
}

function arm() {
  armCopies(document);
  for (const form of document.querySelectorAll("main form[method=post]")) {
    form.addEventListener("submit", onSubmit);
  }
  const form = outline();
  if (!form) return;
  form.dataset.saved = written(form);
  form.addEventListener("change", (event) => {
    if (event.target.matches("#title, #editors_note, [name^='subhead-']")) save();
  });
}

arm();
