// While a letter is open: says that somebody reads it, and learns who else does or has changed it.
const EVERY = 60_000; // milliseconds; the desk forgets a reader after some minutes

function badge(words, kind) {
  const made = document.createElement("span");
  made.className = `why why--${kind}`;
  made.textContent = words;
  return made;
}

// Looks once; true where the letter that is shown was changed meanwhile.
export async function look() {
  const place = document.querySelector("[data-here]");
  const token = document.querySelector("input[name=csrf_token]")?.value;
  if (!place || !token) return false;
  try {
    const answer = await fetch(place.dataset.here, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) return false;
    const { others, version } = await answer.json();
    const isChanged = version !== Number(place.dataset.version);
    const badges = others.map((words) => badge(words, "mind"));
    if (isChanged) badges.push(badge(place.dataset.changed, "wait"));
    const now = badges.map((one) => one.textContent).join("");
    if (now !== place.textContent.trim()) place.replaceChildren(...badges); // spoken only where it is news
    return isChanged;
  } catch {
    return false; // no connection: the next look may have one
  }
}

export function watchOthers() {
  const lookIfSeen = () => !document.hidden && look();
  window.setInterval(lookIfSeen, EVERY);
  document.addEventListener("visibilitychange", lookIfSeen);
}
