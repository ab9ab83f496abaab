// Files leave as soon as they are chosen, one after another, each with its progress; the answer brings what the page
// shows of them. What is sent and answered: portal/ngo/sending.py. The same file sent twice is once, so that what was
// sent and not answered is simply sent again. Larger files go in pieces (pieces.js).
import { page, replace, secret } from "../saving/autosave.js";
import { say, work } from "../saving/words.js";
import { Arrival } from "./pieces.js";
import { offerCamera, zoneOf } from "./zones.js";

const { words, most, piece, unfinished } = JSON.parse(document.getElementById("sending").textContent);
const form = document.querySelector("form[data-autosave]");
const told = document.querySelector('[data-saving="told"]');
const queue = [];
const broken = new Set(); // what a broken line kept from arriving
let running = null;
let wanted = null; // the button that was pressed while files were on their way

const made = (name, properties, ...inside) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
};

class Sending {
  constructor(input, file) {
    this.input = input;
    this.file = file;
    this.criterion = criterionOf(input);
    const place = `${page}${this.criterion}/arriving/`;
    const begun = () => unfinished.filter((each) => each.criterion === this.criterion);
    this.arrival = file.size > piece ? new Arrival(file, { place, begun, size: piece }) : null;
    this.bar = made("progress", { max: 1, value: 0 });
    this.bar.setAttribute("aria-label", file.name);
    this.state = made("small", { textContent: words.waits });
    this.buttons = made("span", { className: "buttons" });
    this.line = made("li", {}, made("b", {}, made("bdi", { textContent: file.name })), this.state, this.bar, this.buttons);
    listOf(input).append(this.line);
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
    this.state.textContent = told.textContent = words.paused;
    this.offer(["retry", "again", () => this.arrival.wake()], ["cancel", "stop", () => this.cancel()]);
  }
  goesOn() {
    delete this.line.dataset.kind;
    this.state.textContent = words.sending;
    this.offer(["cancel", "stop", () => this.cancel()]);
  }
  offer(...acts) {
    const had = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(
      ...acts.map(([label, text, act]) => {
        const button = made("button", { type: "button", className: "link small", textContent: words[text] });
        button.setAttribute("aria-label", say(words[label], this.file.name));
        button.addEventListener("click", act);
        return button;
      }),
    );
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
    told.textContent = text;
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
    queue.push(this);
    next();
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
      const ended = status === 403 || (responseURL && !new URL(responseURL).pathname.startsWith(page));
      this.fails(say(ended ? words.ended : words.fault, this.file.name), true);
    }
  }
  hand() {
    const body = new FormData();
    body.append("work", work);
    body.append("criterion", this.criterion);
    body.append("called", this.file.name);
    if (this.arrival) body.append("arrived", this.arrival.number);
    else body.append(this.input.name, this.file);
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", page);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", secret());
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable && !this.arrival) this.bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      this.bar.removeAttribute("value");
      this.state.textContent = words.checking;
    });
    return new Promise((done) => {
      request.addEventListener("loadend", () => done(this.over || this.answered(request)));
      request.send(body);
    });
  }
  answered(request) {
    if (!request.status) {
      broken.add(this);
      return this.fails(say(words.line, this.file.name), true);
    }
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      const ended = request.status === 403 || (request.responseURL && new URL(request.responseURL).pathname !== page);
      return this.fails(say(ended ? words.ended : words.fault, this.file.name), true);
    }
    if (answer.state !== "filed") return this.fails(answer.words, answer.state === "stranger");
    replace(answer.parts);
    if (!answer.again) told.textContent = say(words.filed, this.file.name);
    if (!answer.words) return this.gone();
    this.fails(answer.words, false);
    this.line.dataset.kind = "waiting";
  }
}

// What was begun before, on this page or another device, and did not come to its end.
class Begun {
  constructor(input, begun) {
    const button = (label, text, act) => {
      const each = made("button", { type: "button", className: "link small", textContent: words[text] });
      each.setAttribute("aria-label", say(words[label], begun.name));
      each.addEventListener("click", act);
      return each;
    };
    const bar = made("progress", { max: begun.size, value: begun.offset });
    bar.setAttribute("aria-label", begun.name);
    const buttons = made("span", { className: "buttons" }, button("choosing", "choose", () => input.click()));
    buttons.append(button("cancel", "away", () => this.dismiss()));
    const name = made("b", {}, made("bdi", { textContent: begun.name }));
    this.line = made("li", {}, name, made("small", { textContent: words.begun }), bar, buttons);
    this.line.dataset.kind = "waiting";
    this.input = input;
    this.arrival = new Arrival({ name: begun.name, size: begun.size }, { place: "", begun: () => [], size: piece });
    this.arrival.address = begun.address;
    begun.found = () => this.gone(begun);
    this.dismiss = () => {
      this.arrival.giveUp();
      this.gone(begun);
    };
    listOf(input).append(this.line);
  }
  gone(begun) {
    unfinished.splice(unfinished.indexOf(begun), 1);
    const had = this.line.contains(document.activeElement);
    this.line.remove();
    if (had) this.input.focus();
  }
}

const criterionOf = (input) => input.name.slice("files-".length);

function listOf(input) {
  const zone = zoneOf(input);
  return zone.querySelector(".sending") ?? zone.appendChild(made("ul", { className: "sending" }));
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
    const { button } = wanted;
    wanted = null;
    form.requestSubmit(button);
  }
}
form.addEventListener("change", ({ target }) => {
  if (target.type !== "file" || !target.name.startsWith("files-")) return;
  for (const file of target.files) {
    const each = new Sending(target, file);
    if (file.size > most) each.fails(say(words.large, file.name), false);
    else if (!file.size) each.fails(say(words.empty, file.name), false);
    else queue.push(each);
  }
  target.value = "";
  next();
});
// Who saves and goes on while files are on their way goes on when they are there.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form || !running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wanted = { button: event.submitter };
    told.textContent = words.busy;
    document.querySelector('[data-saving="page"]').textContent = words.busy;
  },
  { capture: true },
);
addEventListener("online", () => {
  for (const each of broken) each.retry();
});
addEventListener("beforeunload", (event) => {
  if (running || queue.length) event.preventDefault();
});
for (const hint of document.querySelectorAll("[data-drop-hint]")) hint.textContent = words.drop;
offerCamera(words.camera);
for (const each of [...unfinished]) {
  const input = form[`files-${each.criterion}`];
  if (input) new Begun(input, each);
}
