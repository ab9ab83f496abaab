// Entries that no page of theirs sends any more: offered where their owner comes back, to send, to read or to throw
// away; and shown once more, to be copied, where nothing is taken any longer. The entry point of pages that save themselves.
import { abandon, ask, closed, criteria, flush, page, pending, replace, tell, unlike } from "./autosave.js";
import { say } from "./say.js";
import { forget, leftOf, remember } from "./unsent.js";
import { closedBefore, counted, left, words } from "./words.js";

const moment = new Intl.DateTimeFormat(words.locale, { timeZone: words.zone, dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
const panel = document.getElementById("unsent");
const part = (name) => panel.querySelector(`[data-do="${name}"]`);
const area = panel.querySelector("textarea");
let items = [];
function present(title, why, { sends }) {
  panel.querySelector("h2").textContent = title;
  panel.querySelector("[data-why]").textContent = why;
  area.value = items.map((each) => [each.title, each.shown || each.typed.rating, each.typed.text].filter(Boolean).join("\n")).join("\n\n");
  part("send").hidden = !sends;
  look(!sends);
  panel.hidden = false;
}
function look(open) {
  panel.querySelector("[data-typed]").hidden = !open;
  part("look").setAttribute("aria-expanded", open);
}
async function offer() {
  items = (await leftOf(...left)).filter((item) => {
    const here = item.page === page && criteria.find((each) => each.id === item.criterion);
    const there = here && !unlike(item.typed, here.saved);
    if (there) forget(item);
    return !there;
  });
  panel.hidden = !items.length;
  if (items.length) present(counted(words.left, items.length), closedBefore || say(words.from, moment.format(items[0].at)), { sends: !closed });
}
document.addEventListener("saving-closed", (event) => {
  items = pending().map((each) => ({ ...each.item, criterion: each.id }));
  present(words.over, event.detail, { sends: false });
  panel.focus();
});
// Into its field where that is on this page and untouched: its own mark goes along, and what is newer is asked about
// there. An entry of another page is sent as it is; if it cannot be taken, it is offered again on its own page.
async function sendLeft(item) {
  const here = item.page === page && criteria.find((each) => each.id === item.criterion);
  if (here) {
    if (here.pending) return false;
    here.write(item.typed);
    here.was.value = item.was;
    here.tried = item.tried;
    here.touch(0);
    forget(item);
    return true;
  }
  for (const typed of [item.tried, item.typed]) {
    if (!typed) continue;
    const answer = await ask(item.page, item.criterion, typed, item.was);
    if (answer.state !== "saved") return answer;
    item.was = answer.was;
    item.tried = null;
    remember(item);
    replace({ progress: answer.parts.progress, missing: answer.parts.missing });
  }
  forget(item);
  return true;
}
const acts = {
  async send() {
    const answers = [];
    for (const item of items) answers.push(await sendLeft(item));
    await flush();
    await offer();
    const elsewhere = items.find((item) => item.page !== page);
    if (elsewhere && answers.some((each) => each.state === "newer" || each.state === "refused")) location.assign(`${elsewhere.page}#${elsewhere.criterion}`);
  },
  look() {
    look(area.parentElement.hidden);
  },
  copy() {
    look(true);
    area.select();
    navigator.clipboard?.writeText(area.value).then(() => tell(words.copied), () => {});
  },
  throw() {
    if (!confirm(words.throw)) return;
    items.forEach(forget);
    if (closed) abandon();
    panel.hidden = true;
  },
};
panel.addEventListener("click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
offer();
