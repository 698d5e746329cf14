// Goes on to another letter of the list without a new page: the next ones are fetched ahead, and a
// decision shows the next letter at once while it is on its way. What was fetched ahead is looked
// at again as soon as it is shown; a decision that is refused brings its letter back, with the why.
// Without this every link and button here works as it stands.
import { look } from "./desk_here.js";
import { speak } from "./desk_status.js";

const FRESH = 120_000; // milliseconds that a page fetched ahead may be shown
const LEADS_ON = ["shortlist", "approve", "ask", "hold", "decline", "not_chosen", "spike", "abuse", "restore"];
const DECIDES = /^\/desk\/letters\/[^/]+\/decisions$/;

const ahead = new Map(); // address: {at, page}; page is there once it has come
const here = () => window.location.pathname + window.location.search;
const letter = (root = document) => root.querySelector("article[data-letter]");
const list = () => document.querySelector("[data-list]");
const links = () => [...document.querySelectorAll("[data-list] .letter-row-who")];
const refOf = (link) => link.pathname.split("/").at(-1);
const isBusyWith = (what) => document.querySelector(what) !== null;
const isTyping = () => document.activeElement.matches("article[data-letter] :is(input, textarea, select)");
const isInUse = () => isBusyWith("[data-panel], [data-edit]") || isTyping();

let arrive; // what each new content of the page needs
let shown = here();
let asked = 0; // counts moves, so that only the last one is shown
let waiting = 0; // decisions that are on their way
let line = Promise.resolve(); // they leave one after another

async function load(address, how = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...how });
  const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { doc, url: answer.url, ok: answer.ok };
}

function fetchAhead(link) {
  if (!link || ahead.has(link.href)) return;
  const entry = { at: Date.now(), page: null };
  ahead.set(link.href, entry);
  load(link.href, { headers: { "X-Ahead": "1" } })
    .then((page) => {
      if (page.ok && letter(page.doc)) entry.page = page;
      else ahead.delete(link.href);
    })
    .catch(() => ahead.delete(link.href));
}

function take(address) {
  const entry = ahead.get(address);
  if (!entry?.page) return null;
  ahead.delete(address);
  return Date.now() - entry.at < FRESH ? entry.page : null;
}

function neighbour(by) {
  const all = links();
  const at = all.findIndex((link) => link.getAttribute("aria-current") === "true");
  return at < 0 ? null : (all[at + by] ?? null);
}

// Until the frame is drawn: only then does the server get more to do.
const drawn = () =>
  new Promise((done) => {
    if (document.hidden) done();
    else window.requestAnimationFrame(() => window.setTimeout(done));
  });

async function prepare() {
  await drawn();
  for (const [address, entry] of ahead) if (Date.now() - entry.at > FRESH) ahead.delete(address);
  fetchAhead(neighbour(1));
  const idle = window.requestIdleCallback ?? ((then) => window.setTimeout(then, 50));
  idle(() => {
    fetchAhead(neighbour(2));
    fetchAhead(neighbour(-1));
  });
}

// The row of the letter that is open; the focus stays in the list, or comes there if it was lost.
function mark(ref) {
  for (const link of links()) {
    const isIt = refOf(link) === ref;
    link.closest(".letter-row").classList.toggle("is-current", isIt);
    if (isIt) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function settle(hadFocus) {
  arrive();
  const row = links().find((link) => link.getAttribute("aria-current") === "true");
  if (hadFocus || document.activeElement === document.body) row?.focus({ preventScroll: true });
  row?.closest(".letter-row").scrollIntoView({ block: "nearest" });
  prepare();
}

function address(to, { replace = false } = {}) {
  if (replace) window.history.replaceState(null, "", to);
  else if (new URL(to, window.location).href !== window.location.href) window.history.pushState(null, "", to);
  shown = here();
}

// Only the letter, out of a page that may be a little old: what changed since is fetched anew.
function showLetter(page, to) {
  const hadFocus = list()?.contains(document.activeElement) ?? false;
  letter().replaceWith(letter(page.doc));
  document.title = page.doc.title;
  mark(letter().dataset.letter);
  address(to);
  window.scrollTo(0, 0);
  settle(hadFocus);
}

async function checkAgain() {
  const ref = letter().dataset.letter;
  const isOld = await look();
  if (!isOld || letter()?.dataset.letter !== ref || isInUse()) return;
  const page = await load(window.location.href);
  if (page.ok && letter()?.dataset.letter === ref && letter(page.doc)) showAround(page.doc, true);
}

function swap(selector, doc) {
  const mine = document.querySelectorAll(selector);
  const theirs = doc.querySelectorAll(selector);
  mine.forEach((part, at) => theirs[at] && part.replaceChildren(...theirs[at].childNodes));
}

// Everything around the letter, as it is now; with the letter itself where that is wanted.
function showAround(doc, withLetter) {
  const old = list();
  const fresh = doc.querySelector("[data-list]");
  const hadFocus = old?.contains(document.activeElement) ?? false;
  const top = old?.scrollTop ?? 0;
  if (withLetter) {
    letter().replaceWith(letter(doc));
    document.title = doc.title;
  }
  if (old && fresh) {
    old.replaceWith(fresh);
    fresh.scrollTop = top;
  }
  swap(".deskbar-nav", doc);
  swap(".desk-says", doc);
  document.querySelector("[data-toast]")?.remove();
  const toast = doc.querySelector("[data-toast]");
  if (toast) document.querySelector("main").after(toast);
  document.body.className = doc.body.className;
  mark(letter().dataset.letter);
  settle(hadFocus);
  speak();
}

// A page of another kind (the queue after its last letter), or a refusal.
function showAll(page, to, how) {
  const main = page.doc.querySelector("main");
  const isDesk = page.doc.querySelector(".deskbar") !== null;
  if (!main || !isDesk) {
    window.location.assign(to); // a log-in that ended, a server that is away
    return;
  }
  document.querySelector("main").replaceWith(main);
  document.title = page.doc.title;
  swap(".deskbar-nav", page.doc);
  swap(".desk-says", page.doc);
  document.querySelector("[data-toast]")?.remove();
  const toast = page.doc.querySelector("[data-toast]");
  if (toast) main.after(toast);
  document.body.className = page.doc.body.className;
  address(to, how);
  window.scrollTo(0, 0);
  settle(false);
  speak();
}

async function goTo(to) {
  const number = ++asked;
  try {
    const ready = take(to);
    const page = ready ?? (await load(to));
    if (number !== asked) return;
    if (!page.ok || !letter(page.doc) || !letter()) {
      window.location.assign(to);
      return;
    }
    showLetter(page, to);
    if (ready) await checkAgain();
    else showAround(page.doc, false);
  } catch {
    window.location.assign(to);
  }
}

async function send(action, body, from, toNext) {
  let page;
  try {
    page = await load(action, { method: "POST", body });
  } catch {
    window.location.assign(from); // no connection: the letter as it is
    return;
  }
  const theirs = letter(page.doc);
  if (!page.ok || !theirs || !letter()) {
    showAll(page, page.ok ? page.url : from, { replace: !toNext });
    return;
  }
  const mine = letter().dataset.letter;
  const isSame = theirs.dataset.letter === mine;
  const version = (root) => root.querySelector("[data-here]")?.dataset.version;
  if (!toNext) address(page.url);
  showAround(page.doc, !toNext || (isSame && !isInUse() && version(theirs) !== version(letter())));
}

function decide(form, button) {
  if (letter().getAttribute("aria-busy") === "true") return;
  const body = new URLSearchParams(new FormData(form, button));
  const from = window.location.href;
  const next = LEADS_ON.includes(body.get("decision")) ? neighbour(1) : null;
  const page = next && take(next.href);
  ++asked;
  ++waiting;
  if (page) {
    document.querySelector("[data-toast]")?.remove();
    showLetter(page, next.href);
    // Until the answer is there “u” would undo something else than what was just done.
    for (const one of document.querySelectorAll('[data-key~="u"]')) one.removeAttribute("data-key");
  } else {
    letter().setAttribute("aria-busy", "true");
  }
  line = line.then(async () => {
    await drawn();
    await send(form.action, body, from, Boolean(page));
    letter()?.removeAttribute("aria-busy");
    if (--waiting === 0 && page && letter()) await checkAgain();
  });
}

function onSubmit(event) {
  const { target: form, submitter: button } = event;
  const { pathname } = new URL(form.action, window.location);
  if (event.defaultPrevented || !letter() || isBusyWith("[data-edit]")) return;
  if (form.method !== "post" || !DECIDES.test(pathname) || button?.hasAttribute("formaction")) return;
  event.preventDefault();
  decide(form, button);
}

function onClick(event) {
  const link = event.target.closest("[data-list] .letter-row-who");
  if (!link || !letter() || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (isBusyWith("[data-edit], [data-panel]")) return;
  event.preventDefault();
  goTo(link.href);
}

export function goOnAtOnce(onArrival) {
  if (!letter()) return;
  arrive = onArrival;
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  window.addEventListener("popstate", () => here() !== shown && window.location.reload());
  window.addEventListener("beforeunload", (event) => waiting && event.preventDefault());
  prepare();
}
