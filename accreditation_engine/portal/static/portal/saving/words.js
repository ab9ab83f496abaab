import { say } from "./say.js";

// What the page was given to say (portal/dossier/autosave_words.py), with numbers and times put into it.
export const { work, left, words, closed: closedBefore } = JSON.parse(document.getElementById("autosave").textContent);
const rules = new Intl.PluralRules(words.locale);
const digits = new Intl.NumberFormat(words.locale, { useGrouping: false });
export const counted = (forms, count) => say(forms[rules.select(count)], digits.format(count));
