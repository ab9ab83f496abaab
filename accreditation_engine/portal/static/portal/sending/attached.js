// A form that is sent as a whole: a larger file leaves before it, in pieces, as soon as it is chosen, and the form hands
// it in by its number (portal/sending/handed.py). Smaller ones travel with the form, and without this script all do.
import { say } from "../saving/say.js";
import { arrived, Begun, Line, made, piece, tell, unfinished, waitFor, words } from "./lines.js";
import { zoneOf } from "./zones.js";

const inputs = [...document.querySelectorAll("input[type=file][data-pieces]")];

class Attached extends Line {
  hand() {
    this.line.append(made("input", { type: "hidden", name: this.input.dataset.arrived ?? "arrived", value: this.arrival.number }));
    this.line.dataset.kind = "there";
    this.bar.hidden = true;
    this.state.textContent = words.there;
    tell(say(words.came, this.file.name));
    this.offer(["cancel", "away", () => this.cancel()]);
  }
  // It came whole before, and its form was not sent, or refused for another reason.
  static whole(input, begun) {
    const line = new Attached(input, { name: begun.name, size: begun.size }, begun.place);
    line.arrival = arrived(begun);
    line.hand();
  }
  gone() {
    super.gone();
    changed(this.input);
  }
}

const changed = (input) => input.dispatchEvent(new Event("change", { bubbles: true }));

document.addEventListener("change", ({ target }) => {
  if (!inputs.includes(target)) return;
  const large = [...target.files].filter((each) => each.size > piece);
  if (!large.length) return;
  const rest = new DataTransfer();
  for (const each of target.files) if (!large.includes(each)) rest.items.add(each);
  target.files = rest.files;
  for (const each of large) new Attached(target, each, target.dataset.pieces).begin();
  changed(target);
});
// A form does not go without a file that was chosen and did not come: that is for whoever chose it to say.
waitFor(
  (form) => inputs.some((each) => each.form === form),
  (form) => {
    const missing = form.querySelector('.sending > [data-kind="wrong"]');
    if (!missing) return false;
    tell(say(words.missing, missing.querySelector("bdi").textContent));
    missing.querySelector("button").focus();
    return true;
  },
);
for (const each of [...unfinished]) {
  const input = inputs.find(({ attributes, dataset }) => dataset.pieces === each.place && !("capture" in attributes));
  if (!input) continue;
  if (each.offset < each.size) {
    new Begun(input, each);
    continue;
  }
  unfinished.splice(unfinished.indexOf(each), 1);
  Attached.whole(input, each);
  zoneOf(input).closest("details")?.setAttribute("open", "");
  changed(input);
}
