// A larger file goes in pieces and goes on where the line broke: tus 1.0.0, see portal/sending/protocol.py. What was begun
// before is known again by the content that has come, never by its name.
import { secret } from "../saving/secret.js";

const SILENCE = 45_000; // ms in which nothing leaves: the line is dead, whatever the browser believes
const LONGEST_WAIT = 30_000;
const MOST_IDLE = 8; // answers in a row that bring nothing on
const subtle = globalThis.crypto?.subtle; // browsers give it to pages that came by https

const hashed = async (blob) => new Uint8Array(await subtle.digest("SHA-256", await blob.arrayBuffer()));
const hex = (bytes) => [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

export class Arrival {
  // `place` is where files of the field begin, `begun` what the page says that came of others, `size` of a piece.
  constructor(file, { place, begun, size }) {
    Object.assign(this, { file, place, begun, size, address: "", offset: null, over: false });
  }
  get number() {
    return this.address.split("/").at(-2);
  }
  // Sends until all has come: "" then, else why not: {status, answer}. `told` hears how far it is, and of pauses.
  async send(told) {
    let idle = 0;
    let failures = 0;
    if (!this.address) await this.find(told);
    while (!this.over && this.offset !== this.file.size) {
      const before = this.offset;
      const request = await this.step((loaded) => told.share((this.offset + loaded) / this.file.size));
      if (this.over) break;
      if (request?.unreadable || (request?.status && request.status < 500)) return request;
      if (!request) {
        failures = 0;
        idle = this.offset > before ? 0 : idle + 1;
        if (idle > MOST_IDLE) return { status: 500 };
        continue;
      }
      failures += 1;
      if (request.status && failures > 4) return request; // the site itself has a fault
      told.paused();
      await this.pause(Math.min(LONGEST_WAIT, 1000 * 2 ** failures));
      told.goesOn();
    }
    return "";
  }
  // One exchange; null when it brought the file on, or shows the way on.
  async step(share) {
    if (!this.address) return this.begin();
    if (this.offset === null) return this.where();
    const piece = this.file.slice(this.offset, this.offset + this.size);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": this.offset };
    try {
      if (subtle) headers["Upload-Checksum"] = `sha256 ${base64(await hashed(piece))}`;
    } catch {
      return { unreadable: true };
    }
    const sent = await this.ask("PATCH", this.address, headers, piece, share);
    this.offset = sent.status === 204 ? Number(sent.getResponseHeader("Upload-Offset")) : null;
    const elsewhere = [404, 409, 460].includes(sent.status) && !sent.responseText.startsWith("{");
    return sent.status === 204 || elsewhere ? null : sent;
  }
  async begin() {
    const name = base64(new TextEncoder().encode(this.file.name));
    const headers = { "Upload-Length": this.file.size, "Upload-Metadata": `filename ${name}` };
    const answer = await this.ask("POST", this.place, headers);
    if (answer.status !== 201) return answer;
    this.address = answer.getResponseHeader("Location");
    this.offset = 0;
    return null;
  }
  async where() {
    const answer = await this.ask("HEAD", this.address);
    if (answer.status === 404) this.address = ""; // it has expired: from the beginning
    else if (answer.status !== 200 || !answer.getResponseHeader("Upload-Offset")) return answer;
    else this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    return null;
  }
  async find(told) {
    const likely = this.begun().filter((each) => each.size === this.file.size);
    if (!likely.length || !subtle) return;
    told.compares();
    for (const each of likely) {
      if (!(await this.holds(each))) continue;
      this.address = each.address;
      told.share(each.offset / each.size);
      each.found();
      return;
    }
  }
  async holds({ pieces }) {
    let from = 0;
    for (const [size, digest] of pieces) {
      const same = await hashed(this.file.slice(from, (from += size))).then((found) => hex(found) === digest, () => false);
      if (!same || this.over) return false;
    }
    return true;
  }
  ask(method, address, headers = {}, body = null, share = null) {
    return new Promise((done) => {
      const request = (this.request = new XMLHttpRequest());
      let silent;
      const heard = () => {
        clearTimeout(silent);
        silent = setTimeout(() => request.abort(), SILENCE);
      };
      request.open(method, address);
      const all = { "Tus-Resumable": "1.0.0", "X-CSRFToken": secret(), Accept: "application/json", ...headers };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", ({ loaded }) => {
        heard();
        share?.(loaded);
      });
      request.addEventListener("loadend", () => {
        clearTimeout(silent);
        done(request);
      });
      heard();
      request.send(body);
    });
  }
  pause(ms) {
    return new Promise((done) => {
      this.wake = done;
      setTimeout(done, ms);
      addEventListener("online", done, { once: true });
    });
  }
  // How much there is, is asked before anything else is sent.
  asksAgain() {
    this.offset = null;
  }
  giveUp() {
    this.over = true;
    this.request?.abort();
    this.wake?.();
    if (this.address) new Arrival(this.file, this).ask("DELETE", this.address);
  }
}
