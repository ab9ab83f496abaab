// Where files are chosen, what they belong to must be chosen as well: said by the browser before anything is sent, for
// a refusal by the server costs the files. Without this script the server says it.
for (const files of document.querySelectorAll("input[type=file][data-belongs-to]")) {
  const choice = document.getElementById(files.dataset.belongsTo);
  const ahead = () => files.closest(".field").querySelector(".sending > li") !== null; // left before the form
  const ask = () => (choice.required = files.files.length > 0 || ahead());
  files.addEventListener("change", ask);
  ask();
}
