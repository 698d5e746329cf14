// Lets recovery codes be saved as a text file, made in the browser: they are sent only once.

const list = document.querySelector("[data-codes]");
const link = document.querySelector("[data-save-codes]");

if (list && link) {
  const codes = [...list.querySelectorAll("code")].map((one) => one.textContent.trim());
  link.href = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`;
  link.hidden = false;
}
