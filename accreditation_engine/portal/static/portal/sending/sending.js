// On the page of an area files leave as soon as they are chosen (lines.js); the answer brings what the page shows of
// them. What is sent and answered: portal/ngo/sending.py. The same file sent twice is once, so that what was sent and
// not answered is simply sent again.
import { page, replace } from "../saving/autosave.js";
import { say } from "../saving/say.js";
import { secret } from "../saving/secret.js";
import { work } from "../saving/words.js";
import { Begun, broken, Line, tell, unfinished, waitFor, words } from "./lines.js";
import { offerCamera } from "./zones.js";

const form = document.querySelector("form[data-autosave]");
const criterionOf = (input) => input.name.slice("files-".length);

class Sending extends Line {
  constructor(input, file) {
    super(input, file, `${page}${criterionOf(input)}/arriving/`);
    this.criterion = criterionOf(input);
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
    if (!answer.again) tell(say(words.filed, this.file.name));
    if (!answer.words) return this.gone();
    this.fails(answer.words, false);
    this.line.dataset.kind = "waiting";
  }
}

form.addEventListener("change", ({ target }) => {
  if (target.type !== "file" || !target.name.startsWith("files-")) return;
  for (const file of target.files) new Sending(target, file).begin();
  target.value = "";
});
waitFor((sent) => sent === form);
for (const hint of document.querySelectorAll("[data-drop-hint]")) hint.textContent = words.drop;
offerCamera(words.camera);
for (const each of [...unfinished]) {
  const input = form[`files-${each.criterion}`];
  if (input) new Begun(input, each);
}
