// A page that saves itself, a criterion at a time. What is sent and answered: portal/dossier/autosave.py. What is not
// with the server yet lies in this browser (unsent.js); the mark of what the form showed goes along with it, so that
// nothing newer is ever written over.
import { choose } from "./newer.js";
import { say } from "./say.js";
import { secret } from "./secret.js";
import { drop, keep } from "./unsent.js";
import { closedBefore, counted, work, words } from "./words.js";

const PAUSE = 1500; // ms without a key, after which a text is sent
const AT_LEAST_EVERY = 10_000;
const PATIENCE = 20_000; // ms until a request counts as lost
const LONGEST_WAIT = 60_000;
const KINDS = ["rating", "text"];
const form = document.querySelector("form[data-autosave]");
export const page = location.pathname;

const put = (place, text, kind = "") => {
  if (!place) return;
  if (place.textContent !== text) place.textContent = text;
  place.dataset.kind = kind;
};
export const unlike = (one, other) => KINDS.some((kind) => one[kind] !== other[kind]);

class Criterion {
  tried = null; // what was sent and not answered: it goes first again, for it may have arrived
  newer = null; // what somebody else has written meanwhile, until one of both is chosen
  refused = null;
  dueAt = Infinity;
  told = {};
  constructor(article) {
    this.article = article;
    this.id = article.id;
    this.saved = "unsaved" in article.dataset ? {} : this.read();
    this.was = this.field("was");
  }
  field(kind) {
    return form.elements[`${kind}-${this.id}`];
  }
  read() {
    return Object.fromEntries(KINDS.map((kind) => [kind, this.field(kind)?.value ?? ""]));
  }
  write(typed) {
    for (const kind of KINDS) if (this.field(kind)) this.field(kind).value = typed[kind];
  }
  get pending() {
    return this.tried !== null || unlike(this.read(), this.saved);
  }
  get sendable() {
    return this.pending && !this.newer && !(this.refused && !unlike(this.refused, this.read()));
  }
  get item() {
    const chosen = this.article.querySelector("input:checked")?.closest("label");
    const title = ["header .code", `#title-${this.id}`].map((part) => this.article.querySelector(part)?.textContent);
    const shown = chosen ? [...chosen.querySelectorAll("b, span")].map((part) => part.textContent).join(" ") : "";
    return { typed: this.read(), tried: this.tried, was: this.was.value, at: this.since ?? Date.now(), title: title.join(" "), shown };
  }
  touch(wait) {
    this.since ??= Date.now();
    this.dueAt = Math.min(Date.now() + wait, this.since + AT_LEAST_EVERY);
    this.safe = !this.pending || keep(work, page, this.id, this.item);
    if (!this.pending) this.settled();
  }
  settled() {
    this.tried = this.refused = this.since = null;
    this.dueAt = Infinity;
    drop(work, page, this.id);
  }
  show() {
    const now = this.read();
    for (const place of this.article.querySelectorAll("[data-saving]")) {
      const own = KINDS.filter((kind) => (this.place(kind) ?? place) === place);
      const open = own.some((kind) => now[kind] !== this.saved[kind] || (this.tried && this.tried[kind] !== this.saved[kind]));
      const [text, kind] = open ? this.words() : own.map((each) => this.told[each]).find(Boolean) ?? ["", ""];
      put(place, text, kind);
    }
  }
  place(kind) {
    return this.article.querySelector(`[data-saving="${kind}"]`);
  }
  words() {
    if (this.newer) return [words.newer, "wrong"];
    if (this.refused) return [say(words.refused, this.why), "wrong"];
    if (trouble || closed) return this.safe === false ? [words.nowhere, "wrong"] : [words.here, "waiting"];
    return this.tried ? [words.saving, "busy"] : [words.typed, "busy"];
  }
}

export const criteria = form ? [...form.querySelectorAll("article.criterion")].map((each) => new Criterion(each)) : [];
export const pending = () => criteria.filter((each) => each.pending);
let trouble = ""; // line, fault, ended or stranger
let strangers = "";
export let closed = Boolean(closedBefore);
let failures = 0;
let retryAt = 0;
let lastSaved = "";
let sending = null;
let timer = 0;
let leaving = false;
let going = false;

export async function ask(path, id, typed, was) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": secret() },
      body: new URLSearchParams({ work, criterion: id, [`was-${id}`]: was, ...Object.fromEntries(KINDS.map((kind) => [`${kind}-${id}`, typed[kind]])) }),
      redirect: "manual",
      keepalive: document.visibilityState === "hidden",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
  } catch {
    return { state: "line" };
  }
  if (response.type === "opaqueredirect" || response.status === 403) return { state: "ended" };
  return response.status === 404 ? { state: "closed", words: words.gone } : { state: "fault" };
}

function answered(each, typed, answer) {
  if (["saved", "newer", "refused", "closed"].includes(answer.state)) {
    trouble = "";
    failures = retryAt = 0;
  }
  if (answer.state === "saved") {
    lastSaved = answer.at;
    for (const kind of KINDS) if (typed[kind] !== each.saved[kind]) each.told[kind] = [say(words.saved, answer.at), "saved"];
    if (answer.hint) each.told.text = [answer.hint, "waiting"];
    else if (each.told.text?.[1] === "waiting") each.told.text = null;
    each.was.value = answer.was;
    each.saved = typed;
    each.tried = each.refused = null;
    each.since = Date.now();
    if (each.pending) each.safe = keep(work, page, each.id, each.item);
    else each.settled();
    replace(answer.parts);
  } else if (answer.state === "newer") {
    each.tried = null;
    each.newer = answer;
    each.touch(0);
    choose(each, words.choose, plan);
  } else if (answer.state === "refused") {
    each.tried = null;
    each.refused = typed;
    each.why = answer.words;
    each.touch(0);
    tell(say(words.refused, answer.words));
  } else if (answer.state === "closed") {
    close(answer.words);
  } else {
    trouble = answer.state;
    strangers = answer.words ?? "";
    failures += 1;
    // Whoever has to sign in first comes back to this window afterwards; then it is tried again.
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
    retryAt = ["line", "fault"].includes(trouble) ? Date.now() + wait : Infinity;
  }
  return !trouble && !closed;
}

async function run() {
  for (;;) {
    const each = closed || Date.now() < retryAt ? null : criteria.find((one) => one.sendable && one.dueAt <= Date.now());
    if (!each) return;
    const typed = (each.tried ??= each.read());
    each.safe = keep(work, page, each.id, each.item);
    show();
    if (!answered(each, typed, await ask(page, each.id, typed, each.was.value))) return;
  }
}

function send() {
  sending ??= run().finally(() => {
    sending = null;
    plan();
  });
  return sending;
}

function plan() {
  show();
  clearTimeout(timer);
  const soonest = Math.max(retryAt, Math.min(...criteria.filter((each) => each.sendable).map((each) => each.dueAt)));
  if (!closed && soonest < Infinity) timer = setTimeout(send, Math.max(0, soonest - Date.now()));
}

export async function flush() {
  retryAt = 0;
  for (const each of pending()) each.dueAt = 0;
  await sending;
  await send();
}

// What is told aloud: that something is wrong, and that it is right again. The visible line says more, and more often.
let aloud = "";
export const tell = (text) => put(document.querySelector('[data-saving="told"]'), (aloud = text));

function show() {
  if (!form) return;
  for (const each of criteria) each.show();
  const place = document.querySelector('[data-saving="page"]');
  const open = pending();
  const stuck = open.find((each) => each.newer || each.refused);
  let state = lastSaved && [say(words.all, lastSaved), "saved"]; // until then there stands what the page came with
  if (closed && open.length) state = [words.over, "wrong"];
  else if (trouble === "line") state = [open.some((each) => each.safe === false) ? words.nowhere : counted(words.line, open.length), "waiting"];
  else if (trouble) state = [{ fault: words.fault, ended: words.ended, stranger: strangers }[trouble], "waiting"];
  else if (stuck) state = stuck.words();
  else if (open.length) state = [sending ? words.saving : words.typed, "busy"];
  if (state || place.dataset.kind) put(place, ...(state || ["", ""]));
  document.querySelector("[data-sign-in]").hidden = !["ended", "stranger"].includes(trouble);
  if (trouble && !aloud) tell(state[0]);
  else if (!trouble && !stuck && aloud && !open.length) {
    tell(state[0]);
    aloud = "";
  }
}

// What the page shows anew waits while it is being used: a part that has the focus, and every part while a key or a
// button is held down, for what moves then takes the press from what was meant.
const later = new Map();
const held = new Set();
const MOST = 3000; // milliseconds: of some presses no end is heard, as of keys of keyboards on screens
let release = 0;
const letGo = () => held.clear() || soon();
export function replace(parts) {
  for (const [id, html] of Object.entries(parts)) later.set(id, html);
  renew();
}
function renew() {
  if (held.size) return;
  for (const [id, html] of later) {
    const part = document.getElementById(id);
    if (part?.contains(document.activeElement)) continue;
    later.delete(id);
    if (part) part.innerHTML = html;
  }
}
const soon = () => setTimeout(renew); // a press is over after what it does
for (const [down, up, what] of [["keydown", "keyup", "code"], ["pointerdown", "pointerup", "pointerId"]]) {
  document.addEventListener(down, (event) => {
    if (!event[what]) return; // some keyboards name no key
    held.add(event[what]);
    clearTimeout(release);
    release = setTimeout(letGo, MOST);
  }, { capture: true });
  document.addEventListener(up, (event) => held.delete(event[what]) && soon(), { capture: true });
}
for (const over of ["pointercancel", "visibilitychange"]) document.addEventListener(over, letGo);
document.addEventListener("focusout", soon);
addEventListener("blur", letGo);

function close(why) {
  closed = true;
  clearTimeout(timer);
  for (const field of form.elements) if (field.type !== "hidden") field.disabled = true;
  document.dispatchEvent(new CustomEvent("saving-closed", { detail: why }));
}
// What is open on this page is open no more: it was thrown away, knowingly.
export function abandon() {
  for (const each of criteria) {
    each.saved = each.read();
    each.settled();
  }
  show();
}
document.addEventListener("unsent-thrown", abandon);

form?.addEventListener("input", (event) => {
  const each = criteria.find((one) => one.article.contains(event.target));
  if (!each || event.target.type === "file") return;
  each.touch(event.target.type === "radio" ? 0 : PAUSE);
  plan();
});
form?.addEventListener("change", (event) => {
  const each = criteria.find((one) => one.article.contains(event.target));
  if (!each?.pending || event.target.type === "file") return;
  each.touch(0);
  plan();
});
form?.addEventListener("submit", async (event) => {
  if (leaving) return;
  event.preventDefault();
  const { submitter } = event;
  const button = submitter?.name ?? "";
  const files = [...form.querySelectorAll('input[type="file"]')].some((each) => each.files.length);
  for (const each of criteria) each.refused = null;
  await flush();
  if (going) return; // pressed twice
  const [open] = pending();
  if (open) open.article.focus();
  else if (files || !["", "next"].includes(button)) {
    leaving = true; // what the script does not send: files, and other buttons
    setTimeout(() => form.requestSubmit(submitter)); // a form that is being submitted takes no second order
  } else if (button && (going = true)) location.assign(document.querySelector("[data-after]").href);
  else tell(lastSaved ? say(words.all, lastSaved) : words.unchanged);
});
// A link waits for what is being typed, a moment; a page that is left otherwise asks first.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link?.target;
  if (!link || elsewhere || event.defaultPrevented || closed || trouble || !pending().length) return;
  if (link.origin !== location.origin || (link.pathname === page && link.hash)) return;
  event.preventDefault();
  await Promise.race([flush(), new Promise((done) => setTimeout(done, 3000))]);
  location.assign(link.href);
});
addEventListener("beforeunload", (event) => {
  if (!leaving && pending().length) event.preventDefault();
});
addEventListener("pageshow", () => (going = leaving = false));
const again = () => pending().length && !closed && flush();
addEventListener("online", again);
addEventListener("focus", () => retryAt === Infinity && again());
document.addEventListener("visibilitychange", again);
plan();
