// Files that leave as soon as they are chosen, one after another, each on a line with its progress. Larger ones go in
// pieces (pieces.js). What becomes of a file that is there, `hand` says: sending.js, attached.js.
import { say } from "../saving/say.js";
import { Arrival } from "./pieces.js";
import { zoneOf } from "./zones.js";

const given = JSON.parse(document.getElementById("sending").textContent);
export const { words, most, piece } = given;
export const unfinished = given.unfinished ?? (await asked(given.ask)); // what was begun before
const told = document.querySelector('[data-saving="told"]');
const queue = [];
export const broken = new Set(); // what a broken line kept from arriving
let running = null;
let wanted = null; // the form and its button that was pressed while files were on their way
export const tell = (text) => (told.textContent = text);

async function asked(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
    return (await answer.json()).unfinished;
  } catch {
    return []; // then it is sent from the beginning
  }
}
export const made = (name, properties, ...inside) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
};
function buttonOf(name, label, text, act) {
  const button = made("button", { type: "button", className: "link small", textContent: words[text] });
  button.setAttribute("aria-label", say(words[label], name));
  button.addEventListener("click", act);
  return button;
}
export function listOf(input) {
  const zone = zoneOf(input);
  return zone.querySelector(".sending") ?? zone.appendChild(made("ul", { className: "sending" }));
}
function rowOf(input, name, state, progress) {
  const bar = made("progress", progress);
  bar.setAttribute("aria-label", name);
  const small = made("small", { textContent: state });
  const buttons = made("span", { className: "buttons" });
  const line = made("li", {}, made("b", {}, made("bdi", { textContent: name })), small, bar, buttons);
  listOf(input).append(line);
  return { line, bar, state: small, buttons };
}

export class Line {
  // `place` is where pieces of a file of this field begin.
  constructor(input, file, place) {
    Object.assign(this, { input, file, place });
    const begun = () => unfinished.filter((each) => each.place === place);
    this.arrival = file.size > piece ? new Arrival(file, { place, begun, size: piece }) : null;
    Object.assign(this, rowOf(input, file.name, words.waits, { max: 1, value: 0 }));
    this.offer(["cancel", "stop", () => this.cancel()]);
  }
  // What Arrival tells of its way.
  share(of) {
    this.bar.value = of;
    if (this.state.textContent !== words.sending) this.state.textContent = words.sending;
  }
  compares() {
    this.state.textContent = words.comparing;
  }
  paused() {
    this.line.dataset.kind = "waiting";
    this.state.textContent = words.paused;
    tell(words.paused);
    this.offer(["retry", "again", () => this.arrival.wake()], ["cancel", "stop", () => this.cancel()]);
  }
  goesOn() {
    delete this.line.dataset.kind;
    this.state.textContent = words.sending;
    this.offer(["cancel", "stop", () => this.cancel()]);
  }
  offer(...acts) {
    const had = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(...acts.map((act) => buttonOf(this.file.name, ...act)));
    if (had) (this.buttons.firstElementChild ?? zoneOf(this.input).querySelector("input")).focus();
  }
  cancel() {
    this.over = true;
    this.gone();
    this.arrival?.giveUp();
    this.request?.abort();
  }
  gone() {
    const had = this.line.contains(document.activeElement);
    this.line.remove();
    if (had) this.input.focus();
  }
  fails(text, again) {
    this.bar.hidden = true;
    this.state.textContent = text;
    this.line.dataset.kind = "wrong";
    tell(text);
    this.retries = again;
    this.offer(...(again ? [["retry", "again", () => this.retry()]] : []), ["dismiss", "away", () => this.cancel()]);
  }
  retry() {
    if (!this.line.isConnected || !this.retries) return;
    this.retries = false;
    broken.delete(this);
    this.arrival?.asksAgain();
    delete this.line.dataset.kind;
    this.bar.hidden = false;
    this.bar.value = 0;
    this.state.textContent = words.waits;
    this.offer(["cancel", "stop", () => this.cancel()]);
    take(this);
  }
  async send() {
    this.state.textContent = words.sending;
    const why = this.arrival ? await this.arrival.send(this) : "";
    if (this.over) return;
    if (why) this.stopped(why);
    else await this.hand();
  }
  // Why its pieces do not come through.
  stopped({ status, unreadable, responseText = "", responseURL = "" }) {
    if (unreadable) return this.fails(say(words.unreadable, this.file.name), false);
    try {
      const answer = JSON.parse(responseText);
      this.fails(answer.words, false);
    } catch {
      const ended = status === 403 || (responseURL && !new URL(responseURL).pathname.startsWith(this.place));
      this.fails(say(ended ? words.ended : words.fault, this.file.name), true);
    }
  }
  // A file that is not begun says why; the others wait for their turn.
  begin() {
    if (this.file.size > most) this.fails(say(words.large, this.file.name), false);
    else if (!this.file.size) this.fails(say(words.empty, this.file.name), false);
    else take(this);
  }
}

// What was begun before, on this page or another device, and did not come to its end.
export class Begun {
  constructor(input, begun) {
    this.input = input;
    Object.assign(this, rowOf(input, begun.name, words.begun, { max: begun.size, value: begun.offset }));
    this.buttons.append(
      buttonOf(begun.name, "choosing", "choose", () => input.click()),
      buttonOf(begun.name, "cancel", "away", () => this.dismiss()),
    );
    this.line.dataset.kind = "waiting";
    this.arrival = arrived(begun);
    begun.found = () => this.gone(begun);
    this.dismiss = () => {
      this.arrival.giveUp();
      this.gone(begun);
    };
  }
  gone(begun) {
    unfinished.splice(unfinished.indexOf(begun), 1);
    const had = this.line.contains(document.activeElement);
    this.line.remove();
    if (had) this.input.focus();
  }
}
// The arrival of a file of which the page alone tells.
export function arrived(begun) {
  const arrival = new Arrival({ name: begun.name, size: begun.size }, { place: begun.place, begun: () => [], size: piece });
  arrival.address = begun.address;
  return arrival;
}

function take(line) {
  queue.push(line);
  next();
}
function next() {
  running ??= queue.shift() ?? null;
  if (running && !running.sending) {
    const current = running;
    current.sending = current.over ? Promise.resolve() : current.send();
    current.sending.then(() => {
      current.sending = running = null;
      next();
    });
  }
  if (!running && wanted) {
    const { form, button } = wanted;
    wanted = null;
    form.requestSubmit(button);
  }
}
// Who sends one of these forms while files are on their way goes on when they are there. `held` may hold a form back.
export function waitFor(isOurs, held = () => false) {
  document.addEventListener(
    "submit",
    (event) => {
      if (!isOurs(event.target) || !(running || held(event.target))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!running) return;
      wanted = { form: event.target, button: event.submitter };
      tell(words.busy);
      const page = document.querySelector('[data-saving="page"]');
      if (page) page.textContent = words.busy;
    },
    { capture: true },
  );
}
addEventListener("online", () => {
  for (const each of broken) each.retry();
});
addEventListener("beforeunload", (event) => {
  if (running || queue.length) event.preventDefault();
});
