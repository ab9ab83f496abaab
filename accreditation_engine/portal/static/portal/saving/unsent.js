// What was typed and is not with the server yet, in this browser's keeping: one item for each criterion, of each
// window. Two windows never share an item, so that neither writes over what the other keeps.
import { keeper, PREFIX } from "./keeper.js";

const thisWindow = crypto.getRandomValues(new Uint32Array(2)).join("");

// While a window lives it holds a lock; what an earlier one left has none.
navigator.locks?.request(PREFIX + thisWindow, () => new Promise(() => {}));
async function living() {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map((lock) => lock.name.slice(PREFIX.length)));
}

const name = (work, page, criterion) => PREFIX + [work, page, criterion, thisWindow].join("/");

// Whether the item is kept: a full or forbidden storage keeps nothing.
export function keep(work, page, criterion, item) {
  try {
    keeper.setItem(name(work, page, criterion), JSON.stringify({ ...item, page, criterion }));
    return true;
  } catch {
    return false;
  }
}

export const drop = (work, page, criterion) => keeper?.removeItem(name(work, page, criterion));

// What earlier windows left of works whose names begin so, but for those named: [{key, page, criterion, typed, tried,
// was, at, title}], oldest first.
export async function leftOf(begin, but) {
  const alive = await living();
  const all = Object.keys(keeper ?? {}).filter((key) => key.startsWith(PREFIX + begin));
  const keys = all.filter((key) => !but.includes(key.split("/")[1]));
  const left = keys.filter((key) => !alive.has(key.slice(key.lastIndexOf("/") + 1)));
  return left.map((key) => ({ ...JSON.parse(keeper.getItem(key)), key })).sort((one, other) => one.at - other.at);
}

export const forget = (item) => keeper?.removeItem(item.key);
export const remember = (item) => keeper?.setItem(item.key, JSON.stringify(item));
