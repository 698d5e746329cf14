// Screen readers speak a live region when it changes, not when a page arrives with it: what was
// done, or not, is said once more in a region of its own, which then is empty again.
const LATER = 300; // milliseconds, after the page's title was read
const GONE = 2000;

export function speak() {
  const status = document.querySelector("[data-status]");
  const said = [...document.querySelectorAll(".desk-says .notice, [data-toast] > span")];
  const words = said.map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(" ");
  if (!words) return;
  window.setTimeout(() => (status.textContent = words), LATER);
  window.setTimeout(() => (status.textContent = ""), LATER + GONE);
}
