// A note that is typed on a visit lies in this browser until the server has it: the line in a branch breaks. Whoever
// signs out is asked about it, as about all that was not sent (portal.js).
import { keeper, PREFIX } from "./saving/keeper.js";

const note = document.getElementById("note");
const criterion = document.getElementById("criterion");
const told = document.getElementById("note-again");
const prefix = `${PREFIX}${note.dataset.work}/`;
const stored = () => Object.keys(keeper ?? {}).filter((key) => key.startsWith(prefix));
let key = prefix + criterion.value;
function keep() {
  try {
    if (note.value.trim()) keeper?.setItem(key, note.value);
    else keeper?.removeItem(key);
  } catch {
    return; // full: the form is sent all the same
  }
}
function again() {
  const text = keeper?.getItem(key);
  if (!text || note.value) return;
  note.value = text;
  told.hidden = false;
}
const kept = [...document.querySelectorAll("#notes blockquote")].map((each) => each.textContent.trim());
for (const each of stored()) if (kept.includes(keeper.getItem(each).trim())) keeper.removeItem(each);
if (!note.value && !keeper?.getItem(key)) {
  const [left] = stored();
  if (left) {
    criterion.value = left.slice(prefix.length);
    key = left;
  }
}
again();
note.addEventListener("input", () => {
  told.hidden = true;
  keep();
});
criterion.addEventListener("change", () => {
  if (note.value.trim()) keeper?.removeItem(key);
  key = prefix + criterion.value;
  if (note.value.trim()) keep();
  else again();
});
