// “@” in a note offers the colleagues it may mean: a listbox under the field, moved through with
// the arrows while the focus stays in the text (a field of several lines may be no combobox).
const AT = /(?:^|[^\w@.])@([\w.-]*)$/u;
const MOST = 6;

export function offerColleagues() {
  for (const field of document.querySelectorAll("textarea[data-colleagues]")) {
    if (!field.hasAttribute("aria-controls")) prepare(field);
  }
}

function prepare(field) {
  const people = JSON.parse(field.dataset.colleagues); // [{name, handle}]
  const list = document.createElement("ul");
  list.id = `${field.id}-colleagues`;
  list.className = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.colleaguesLabel);
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", list.id);
  let found = [];
  let at = 0;

  const typed = () => AT.exec(field.value.slice(0, field.selectionStart))?.[1];

  function show() {
    const begun = typed()?.toLowerCase();
    found = begun === undefined ? [] : people.filter(({ name, handle }) => matches(name, handle, begun)).slice(0, MOST);
    at = 0;
    draw();
  }

  function draw() {
    list.replaceChildren(
      ...found.map(({ name, handle }, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(number === at));
        option.textContent = `${name} @${handle}`;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the focus stays in the field
          take(number);
        });
        return option;
      }),
    );
    list.hidden = found.length === 0;
    if (list.hidden) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  }

  function take(number) {
    const end = field.selectionStart;
    const start = end - typed().length;
    field.setRangeText(`${found[number].handle} `, start, end, "end");
    close();
  }

  function close() {
    found = [];
    draw();
  }

  field.addEventListener("input", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" || event.key === "Tab") take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function matches(name, handle, begun) {
  return handle.startsWith(begun) || name.toLowerCase().split(/\s+/).some((part) => part.startsWith(begun));
}
