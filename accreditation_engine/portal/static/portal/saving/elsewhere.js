// On pages where nobody types: what this person typed on others and did not send, with the way there. Without it who
// comes back a day later, or in a session of its own, would not know that something of theirs lies in the browser.
import { say } from "./say.js";
import { leftOf } from "./unsent.js";
import { counted, words } from "./words.js";

const { begin, standing, queue, kinds } = JSON.parse(document.getElementById("elsewhere-knows").textContent);
const panel = document.getElementById("elsewhere");
const moment = new Intl.DateTimeFormat(words.locale, { timeZone: words.zone, dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
const workOf = (item) => item.key.split("/")[1];
// A review that is the reader's no more has no page: what is left of it is shown beside the queue.
const stands = (item) => standing.some((each) => each === workOf(item) || item.page.startsWith(each));
const over = (item) => workOf(item).startsWith(`${begin}review-`) && !stands(item);

function entry(page, items) {
  const row = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: page, textContent: counted(words.left, items.length) });
  const titles = items.map((each) => each.title).filter(Boolean).join(" · ");
  const what = Object.assign(document.createElement("p"), { dir: "auto", className: "soft small", textContent: titles });
  row.append(link, ` ${say(words.from, moment.format(items[0].at))}`, what);
  return row;
}

async function show() {
  const byPage = new Map();
  const left = (await Promise.all(kinds.map((kind) => leftOf(begin + kind, [])))).flat();
  for (const item of left) {
    if (over(item) && queue === location.pathname) continue;
    const page = over(item) ? queue : item.page;
    byPage.set(page, [...(byPage.get(page) ?? []), item]);
  }
  panel.querySelector("ul").replaceChildren(...[...byPage].map(([page, items]) => entry(page, items)));
  panel.hidden = !byPage.size;
}
show();
addEventListener("pageshow", (event) => event.persisted && show());
