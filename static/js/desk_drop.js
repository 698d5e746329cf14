// A mail that is dropped on the page goes into the file field, and is read at once.
export function takeDrops() {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const place = form.parentElement;
  const hasFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  document.addEventListener("dragleave", () => place.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    if (!hasFile(event) || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    place.classList.remove("is-over");
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
