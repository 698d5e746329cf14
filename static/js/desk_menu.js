// A menu closes when somebody clicks elsewhere or presses Escape; focus goes back to its name.
export function closeMenus() {
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopImmediatePropagation();
    }
  });
}

// In a narrow window the tabs scroll: the one that is shown comes into sight.
export function showTabs() {
  for (const tab of document.querySelectorAll(".tabs [aria-current], .deskbar-nav [aria-current]")) {
    tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
