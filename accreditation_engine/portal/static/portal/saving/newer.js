// Two have written the same: what is kept now is shown beside what was typed, and the reader takes one of both.
export function choose(each, words, then) {
  const box = document.getElementById("newer").content.firstElementChild.cloneNode(true);
  const { kept, was } = each.newer;
  box.querySelector("[data-why]").textContent = words;
  box.querySelector("[data-kept]").textContent = kept.words;
  box.addEventListener("click", (event) => {
    const chosen = event.target.dataset.do;
    if (!chosen) return;
    each.was.value = was;
    each.saved = { rating: kept.rating, text: kept.text };
    if (chosen === "theirs") each.write(each.saved);
    each.newer = null;
    each.touch(0);
    box.remove();
    each.article.focus();
    then();
  });
  (each.place("text") ?? each.article).after(box);
}
