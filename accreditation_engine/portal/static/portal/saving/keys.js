// Rating by keys. Nothing here is needed: every key does what a link, a button or a field of the page does as well.
import { say } from "./say.js";

const OFF = "scoring-keys-off";
const row = document.querySelector("[data-keys]");
const box = row.querySelector("input");
const list = document.getElementById("keys");
const criteria = [...document.querySelectorAll("form[data-autosave] article.criterion")];
const kept = (() => {
  try {
    return localStorage;
  } catch {
    return null; // where the browser keeps nothing, the keys are on
  }
})();
row.hidden = false;
box.checked = (kept?.getItem(OFF) ?? null) === null;
box.addEventListener("change", () => (box.checked ? kept?.removeItem(OFF) : kept?.setItem(OFF, "1")));
const button = row.querySelector("button");
button.addEventListener("click", () => list.showModal());
list.addEventListener("close", () => {
  const { activeElement } = document; // where it was before, if it was anywhere
  if (activeElement === document.body || list.contains(activeElement)) (current ?? button).focus();
});

const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
// On an Arabic keyboard the same key gives another letter, and may give another digit.
const letter = (event) => (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "")).toLowerCase();
const digit = (event) => {
  const found = /^[0-9٠-٩۰-۹]$/.test(event.key) ? event.key.codePointAt(0) & 15 : -1;
  return found < 0 ? "" : String(found);
};

let current = criteria.find((each) => `#${each.id}` === location.hash);
document.addEventListener("focusin", (event) => (current = event.target.closest?.("article.criterion") ?? current));
function go(criterion) {
  if (!criterion) return;
  current = criterion;
  criterion.focus({ preventScroll: true });
  criterion.scrollIntoView({ block: "start" });
}
// What a key could not do is said beside the criterion that it was pressed for, until the next key.
const told = row.querySelector("[data-keys-told]");
function tell(criterion, words) {
  criterion.querySelector(".rating")?.after(told);
  setTimeout(() => (told.textContent = words)); // only what changes where it stands is read out
}
const step = (by) => go(criteria[current ? criteria.indexOf(current) + by : 0]);
const radios = (criterion) => [...criterion.querySelectorAll('.rating input[type="radio"]:not(:disabled)')];
const field = (criterion) => criterion.querySelector('input[type="text"]');
const open = (criterion) => !criterion.querySelector(".rating input:checked") && !(field(criterion)?.value ?? "");
function nextOpen() {
  const from = current ? criteria.indexOf(current) + 1 : 0;
  const next = [...criteria.slice(from), ...criteria.slice(0, from)].find(open);
  if (next) go(next);
  else document.querySelector('button[name="next"]')?.focus();
}
function choose(criterion, value) {
  const wanted = radios(criterion).find((each) => each.value === value);
  if (!wanted) return false;
  if (!wanted.checked) wanted.click();
  return true;
}
// "1" and "0", quickly one after the other, are ten where the scale has it.
let before = { value: "", at: 0 };
function rate(criterion, value) {
  const both = Date.now() - before.at < 700 ? before.value + value : value;
  before = { value, at: Date.now() };
  if (choose(criterion, both) || choose(criterion, value)) return true;
  const entry = field(criterion);
  entry?.focus(); // and the digit is typed into it
  if (!entry) tell(criterion, say(row.dataset.outside, value));
  return !entry;
}
// Where nothing is in focus, a digit rates nothing that its reader may not have seen: it goes to where it would.
function rateInFocus(target, value) {
  if (target.closest("article.criterion")) return rate(current, value);
  if (target !== document.body || !criteria.length) return false;
  go(current ?? criteria.find(open) ?? criteria[0]);
  tell(current, say(row.dataset.again, value));
  return true;
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: nextOpen,
  a: () => current && choose(current, "not_applicable"),
  u: () => current && choose(current, "unable_to_verify"),
  t: () => current?.querySelector("textarea")?.focus(),
  g: () => {
    const guidance = current?.querySelector("header details");
    if (guidance) guidance.open = !guidance.open;
  },
};
document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "Escape" && typing(target) && !target.closest("dialog")) return target.closest("article.criterion")?.focus();
  if (!box.checked || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(target) || list.open) return;
  told.textContent = "";
  if (event.key === "?" || event.key === "؟") act(event, () => list.showModal());
  else if (event.shiftKey) return;
  else if (digit(event)) rateInFocus(target, digit(event)) && event.preventDefault();
  else if (keys[letter(event)]) act(event, keys[letter(event)]);
  // The arrows of a group of radio buttons are the group's own.
  else if (event.key === "ArrowDown" && target.matches("article.criterion, body")) act(event, () => step(1));
  else if (event.key === "ArrowUp" && target.matches("article.criterion, body")) act(event, () => step(-1));
});
function act(event, what) {
  if (event.repeat && !["j", "k"].includes(letter(event)) && !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  what();
}
