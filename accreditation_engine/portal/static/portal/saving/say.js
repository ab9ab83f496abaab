// A sentence that the page was given, with what it speaks of in its place.
const isolated = (value) => (document.dir === "rtl" ? `\u2068${value}\u2069` : value);
export const say = (text, value) => text.replace("{}", isolated(value));
