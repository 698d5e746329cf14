// While the newsroom's site is being read, say how far it is, without a reload.
const EVERY = 3000;

async function again(part) {
  const address = part.dataset.again;
  if (!address) return;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = read.getElementById(part.id);
      if (fresh) {
        // The region stays, so that what changes in it is read out.
        if (part.innerHTML.trim() !== fresh.innerHTML.trim()) part.innerHTML = fresh.innerHTML;
        if (fresh.dataset.again) part.dataset.again = fresh.dataset.again;
        else delete part.dataset.again;
      }
    }
  } catch {
    // No connection: it is tried once more.
  }
  setTimeout(() => again(part), EVERY);
}

const part = document.getElementById("site-reading");
if (part) setTimeout(() => again(part), EVERY);
