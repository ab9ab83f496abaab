// This browser's keeping, for what is typed and not with the server yet: null in a browser that keeps nothing, or has
// no room left.
export const PREFIX = "unsent/";
export const keeper = (() => {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    return null;
  }
})();
