// A key goes to the button of the form that names it, and Enter presses it: elsewhere the same key only moves, so one
// key alone takes nothing. Without this script the button is there all the same.
// Whoever speaks to the computer, or types with a stick, switches the key off; the browser remembers it.
const OFF = "queue-key-off";
const kept = (() => {
  try {
    return localStorage;
  } catch {
    return null; // where the browser keeps nothing, the key is on
  }
})();
const form = document.querySelector("form[data-key]");
const row = document.querySelector("[data-key-switch]");
const box = row?.querySelector("input");
if (form && box) {
  row.hidden = false;
  box.checked = (kept?.getItem(OFF) ?? null) === null;
  box.addEventListener("change", () => {
    if (box.checked) kept?.removeItem(OFF);
    else kept?.setItem(OFF, "1");
  });
}
const asks = form?.querySelector("[data-words]");
const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
// On an Arabic keyboard the same key gives another letter.
const letter = (event) =>
  /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
document.addEventListener("keydown", (event) => {
  if (!form || !box?.checked || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || typing(event.target)) return;
  if (letter(event) !== form.dataset.key) return;
  event.preventDefault();
  form.querySelector("button").focus();
  asks.textContent = asks.dataset.words;
});
