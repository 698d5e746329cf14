// Letters that are selected in the list: how many, all at once, and the key that ticks one.
const boxes = () => [...document.querySelectorAll(".letter-row-pick")];

export function selectMany() {
  const bulk = document.querySelector("[data-bulk]");
  if (!bulk) return;
  const says = bulk.querySelector("[data-bulk-says]");
  const all = bulk.querySelector("[data-bulk-all]");
  const count = () => {
    const number = boxes().filter((box) => box.checked).length;
    says.textContent = number ? says.dataset.some.replace("{n}", number) : says.dataset.none;
  };
  all.hidden = false;
  all.addEventListener("click", () => {
    const every = boxes().every((box) => box.checked);
    for (const box of boxes()) box.checked = !every;
    count();
  });
  document.querySelector("[data-list]").addEventListener("change", (event) => {
    if (event.target.matches(".letter-row-pick")) count();
  });
  count(); // the browser may have kept ticks from before
}

// Ticks the letter that has the focus in the list, else the one that is open.
export function tick() {
  const row = document.activeElement.closest?.(".letter-row") ?? document.querySelector(".letter-row.is-current");
  const box = row?.querySelector(".letter-row-pick");
  if (!box) return null;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return null;
}
