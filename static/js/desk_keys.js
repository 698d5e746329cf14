// The keys of the desk: each presses a button or a link that stands on the page.
//
// A key acts only alone, outside of fields, and while single keys are switched on; what it would
// press is found by its `data-key`, so that a key can never do what no button offers.

import { tick } from "./desk_bulk.js";

const SWITCH = "desk-single-keys-off";
const ARRIVED = "desk-came-by-key";
const CHOOSING = "input[type=radio], input[type=checkbox]";
const TYPING = "input, textarea, select, [contenteditable]";

const isShown = (element) => element.getClientRects().length > 0;
const first = (selector) => [...document.querySelectorAll(selector)].find(isShown);
const rows = () => [...document.querySelectorAll("[data-list] .letter-row-who")];

function stored(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null; // storage can be shut off: then keys are on
  }
}

export const areOn = () => stored((storage) => storage.getItem(SWITCH)) === null;

function switchKeys(on) {
  stored((storage) => (on ? storage.removeItem(SWITCH) : storage.setItem(SWITCH, "1")));
}

// Where the list stands: the row that has the focus, else the letter that is open.
function here(all) {
  const focused = all.indexOf(document.activeElement);
  return focused >= 0 ? focused : all.findIndex((row) => row.getAttribute("aria-current") === "true");
}

function step(by) {
  const all = rows();
  const to = here(all) + by;
  if (to >= all.length) return first("[data-list] .pager a[rel=next]");
  const row = all[Math.max(to, 0)];
  if (!row) return null;
  if (document.querySelector("[data-letter]")) return row; // beside a letter the next one opens
  row.focus();
  row.closest(".letter-row").scrollIntoView({ block: "nearest" });
  return null;
}

function open() {
  if (document.activeElement !== document.body) return null; // links and buttons know Enter
  return document.querySelector("[data-letter]") ? null : rows()[0];
}

function search() {
  const field = first("[data-search]");
  if (!field) return null;
  field.focus();
  field.select();
  return null;
}

const MOVES = {
  j: () => step(1),
  k: () => step(-1),
  Enter: open,
  Escape: () => first("[data-panel] [data-back], [data-edit] [data-back]") ?? document.querySelector("[data-back]"),
  "/": search,
  "*": tick,
};

function meant(key) {
  if (key in MOVES) return MOVES[key]();
  return /^[a-z]$/.test(key) ? first(`[data-key~="${key}"]`) : null;
}

function note() {
  try {
    window.sessionStorage.setItem(ARRIVED, "1");
  } catch {
    // without storage the focus stays where the browser puts it
  }
}

function onKey(event, help) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const mayLeave = key === "Escape" && target.matches(CHOOSING);
  if ((target.closest(TYPING) && !mayLeave) || document.querySelector("dialog[open]")) return;
  if (key === "?" && areOn()) {
    event.preventDefault();
    help();
    return;
  }
  if ((event.shiftKey && key !== "*") || !(areOn() || key === "Escape" || key === "Enter")) return;
  const element = meant(key);
  if (element) {
    event.preventDefault();
    note();
    element.click();
  } else if (["/", "*", "j", "k"].includes(key)) {
    event.preventDefault();
  }
}

// The list of keys, with the switch for those who want none.
function prepareHelp() {
  const dialog = document.querySelector("[data-keys-dialog]");
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = areOn();
  box.addEventListener("change", () => {
    switchKeys(box.checked);
    document.body.classList.toggle("keys-off", !box.checked);
  });
  document.body.classList.toggle("keys-off", !areOn());
  const show = () => dialog.showModal(); // closing gives the focus back by itself
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", show);
  }
  return show;
}

// After a key led here: the focus follows into the list, or into the form that opened.
export function followKeys() {
  document.querySelector(".letter-row.is-current")?.scrollIntoView({ block: "nearest" });
  const field = document.querySelector("[data-panel] [type=radio]:checked, [data-panel] .input, [data-edit] textarea");
  if (field) {
    field.focus();
    return;
  }
  try {
    if (window.sessionStorage.getItem(ARRIVED) === null) return;
    window.sessionStorage.removeItem(ARRIVED);
  } catch {
    return;
  }
  const row = document.querySelector('[data-list] .letter-row-who[aria-current="true"]');
  row?.focus({ preventScroll: true });
}

export function startKeys() {
  const help = prepareHelp();
  document.addEventListener("keydown", (event) => onKey(event, help));
}
