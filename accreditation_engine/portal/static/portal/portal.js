// Conveniences only; every page works without them.
// A menu made of <details> closes on Escape and on a click elsewhere.
const menus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
// The page that came back with errors, or with the answer to an act, is read from there.
document.querySelector("[data-focus]")?.focus();
// Whoever signs out leaves nothing behind that they typed here and that was not sent; they are asked first.
document.addEventListener("submit", (event) => {
  const { person, unsent } = event.target.dataset;
  if (!person) return;
  const keys = Object.keys(window.localStorage ?? {}).filter((key) => key.startsWith(`unsent/${person}.`));
  if (!keys.length) return;
  if (!confirm(unsent)) return event.preventDefault();
  for (const key of keys) localStorage.removeItem(key);
  document.dispatchEvent(new Event("unsent-thrown"));
});
// A page that follows by itself leaves alone what has the focus.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.contains(document.activeElement)) event.detail.shouldSwap = false;
});
// A form is sent once. The button is disabled after the sending, so that its name still travels.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.target) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
