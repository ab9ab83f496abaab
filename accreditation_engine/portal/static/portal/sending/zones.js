// Files are dropped on the field they belong to, pasted beside it, or taken with the camera of a phone; then they lie
// in its input as if they had been chosen. Without this script the input does all but the dropping by itself.
const CAMERA = "image/jpeg,image/png,image/webp";
const inputs = [...document.querySelectorAll("input[type=file][data-drop]")];
const carries = (transfer) => [...(transfer?.types ?? [])].includes("Files");
export const zoneOf = (input) => input.closest(".field");

export function add(input, files) {
  const all = new DataTransfer();
  for (const each of [...(input.multiple ? input.files : []), ...files]) all.items.add(each);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
function inputFor(target) {
  for (const around of [".field", ".criterion", "form"]) {
    const near = target.closest?.(around);
    const input = near && inputs.find((each) => near.contains(each) && !each.disabled);
    if (input) return input;
  }
  return null;
}
for (const input of inputs) {
  const zone = zoneOf(input);
  zone.classList.add("drops");
  let inside = 0; // every part of the zone is entered and left
  const mark = (by) => zone.classList.toggle("over", (inside += by) > 0);
  zone.addEventListener("dragenter", (event) => carries(event.dataTransfer) && mark(1));
  zone.addEventListener("dragleave", (event) => carries(event.dataTransfer) && mark(-1));
  zone.addEventListener("drop", () => mark(-inside));
}
// A file that misses its field must not take the place of the page.
document.addEventListener("dragover", (event) => {
  if (!carries(event.dataTransfer)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = inputFor(event.target) ? "copy" : "none";
});
document.addEventListener("drop", (event) => {
  if (!carries(event.dataTransfer)) return;
  event.preventDefault();
  const input = inputFor(event.target);
  if (input && event.dataTransfer.files.length) add(input, event.dataTransfer.files);
});
document.addEventListener("paste", (event) => {
  const input = event.clipboardData?.files.length ? inputFor(event.target) : null;
  if (!input) return;
  event.preventDefault();
  add(input, event.clipboardData.files);
});
export function offerCamera(words) {
  if (!matchMedia("(pointer: coarse)").matches) return;
  for (const input of inputs) {
    const camera = Object.assign(document.createElement("input"), { type: "file", accept: CAMERA, hidden: true });
    camera.setAttribute("capture", "environment");
    camera.addEventListener("change", () => {
      add(input, camera.files);
      camera.value = "";
    });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
    button.addEventListener("click", () => camera.click());
    input.after(button, camera);
  }
}
