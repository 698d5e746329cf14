// The form of a letter, livelier: counts the words, says how the writer will print, finds the
// article. It all happens without this too, once the form is sent.

const form = document.getElementById("letter-form");
const field = (name) => form.elements.namedItem(name);

// What the desk counts as a word: feedback/reading/words.py.
const RUNS = /[\p{L}\p{N}\p{M}\u200c\u200d'’＇]+(?:[-‐‑][\p{L}\p{N}\p{M}\u200c\u200d'’＇]+)*/gu;
const MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split(" ");
const PAUSE = 500; // milliseconds without a key before the desk is asked

// --- words

const counter = form.querySelector("[data-count]");

function count() {
  const runs = field("remarks").value.match(RUNS) ?? [];
  const number = runs.filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
  const over = number - Number(counter.dataset.limit);
  const { one, many, over: tooMany } = counter.dataset;
  const words = over > 0 ? tooMany : number === 1 ? one : many;
  counter.textContent = words
    .replace("{n}", number.toLocaleString("en-US"))
    .replace("{over}", over.toLocaleString("en-US"));
  counter.classList.toggle("is-over", over > 0);
}

// --- the signature

const printed = form.querySelector("[data-printed]");
const example = [...printed.childNodes];
const SIGNED = ["name", "town", "state", "country", "withhold_name"];

async function sign(signal) {
  const given = new FormData(form);
  const asked = new URLSearchParams(SIGNED.map((name) => [name, given.get(name) ?? ""]));
  const answer = await fetch(`${form.getAttribute("action")}/printed-as`, {
    method: "POST",
    body: asked,
    signal,
  });
  if (!answer.ok) return;
  const words = (await answer.json()).printed;
  printed.replaceChildren(...(words ? [signature(words)] : example));
}

// The dash and the first word never part at a line's end.
function signature(words) {
  const [first, ...rest] = words.split(" ");
  const whole = make("span", "signature");
  whole.append(make("span", "nowrap", `—${first}`), rest.length ? ` ${rest.join(" ")}` : "");
  return whole;
}

// --- the article

const match = document.getElementById("article-match");
let found = field("article").value.trim();

async function find(signal) {
  const typed = field("article").value.trim();
  if (typed === found) return;
  found = typed;
  const articles = typed.length < 4 ? [] : await candidates(typed, signal);
  match.replaceChildren(...shown(articles, typed));
}

async function candidates(typed, signal) {
  const answer = await fetch(`/api/v1/articles?${new URLSearchParams({ q: typed })}`, { signal });
  return answer.ok ? answer.json() : [];
}

function shown(articles, typed) {
  if (!articles.length) return [];
  if (articles.length === 1 && articles[0].score >= 82) return [sure(articles[0])];
  const cards = make("fieldset", "article-cards");
  const { legend, single, none, noneSingle, nonePair } = match.dataset;
  cards.append(make("legend", "field-label", articles.length === 1 ? single : legend));
  articles.forEach((article, index) => {
    cards.append(card(`article-${index + 1}`, article.id, article.headline, about(article)));
  });
  cards.append(card("article-none", "none", [none, noneSingle, nonePair][articles.length] ?? none, ""));
  const words = Object.assign(make("input"), { type: "hidden", name: "article_for", value: typed });
  return [cards, words];
}

function sure(article) {
  const box = make("div", "article-match");
  const inside = make("div");
  inside.append(
    make("span", "small", match.dataset.found),
    make("strong", "", article.headline),
    make("span", "small", about(article)),
  );
  box.append(inside);
  return box;
}

function card(id, value, label, hint) {
  const whole = make("div", "choice choice--card");
  const radio = Object.assign(make("input"), { type: "radio", name: "article_id", id, value });
  const words = Object.assign(make("label", "choice-label", label), { htmlFor: id });
  whole.append(radio, words);
  if (hint) {
    whole.append(Object.assign(make("p", "choice-hint", hint), { id: `${id}-hint` }));
    radio.setAttribute("aria-describedby", `${id}-hint`);
  }
  return whole;
}

function about({ author, published_on: day }) {
  const by = author ? match.dataset.by.replace("{author}", author) : "";
  const [year, month, date] = (day ?? "").split("-").map(Number);
  return [by, day ? `${MONTHS[month - 1]} ${date}, ${year}` : ""].filter(Boolean).join(", ");
}

// --- when

function make(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

// Asks once the writer pauses; what was asked before that is dropped. Fails silently: the form
// needs no answer.
function afterPause(ask) {
  let timer;
  let running;
  return () => {
    clearTimeout(timer);
    running?.abort();
    timer = setTimeout(() => {
      running = new AbortController();
      ask(running.signal).catch(() => {});
    }, PAUSE);
  };
}

const signLater = afterPause(sign);
field("remarks").addEventListener("input", count);
field("article").addEventListener("input", afterPause(find));
for (const name of SIGNED) field(name).addEventListener("input", signLater);

// A browser that goes back fills the fields in again after the page has loaded.
addEventListener("pageshow", () => {
  count();
  if (field("name").value) signLater();
});

// Older browsers look for autofocus in fields alone.
if (!("autofocus" in HTMLElement.prototype)) document.querySelector(".error-summary")?.focus();
