// Lead into search: "/" goes to the box, and the first letter typed there loads what searches; nothing before it does.
(() => {
  const boxes = document.querySelectorAll("input[type=search][name=q]");
  if (!boxes.length) return;

  const begin = (box) =>
    Promise.all(["vendor/minisearch.js", "../evidence/search-index.js", "search.js"].map(window.evidenceLoad)).then(
      () => window.evidenceSearch(box),
      () => {
        const told = box.form.querySelector("[role=status]");
        if (told) told.textContent = _("What searches could not be loaded. Use the lists of claims, findings and sources.");
      },
    );
  // What offers to keep the book comes when a reader scrolls towards it.
  if (document.querySelector(".keep")) addEventListener("scroll", () => window.evidenceLoad("keep.js"), { once: true, passive: true });
  for (const box of boxes) {
    box.addEventListener("input", () => begin(box), { once: true });
    if (box.dataset.whole) {
      box.value = new URLSearchParams(location.search).get("q") || "";
      if (box.value) begin(box);
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const box = boxes[boxes.length - 1]; // on the search page its own box, else the one beside the text
    const drawer = document.getElementById("__navigation");
    if (!box.dataset.whole && drawer && !drawer.checked && getComputedStyle(document.querySelector(".mobile-header")).display !== "none") {
      drawer.click(); // on a narrow screen the box is in the drawer
    }
    box.focus();
    box.select();
  });
})();
