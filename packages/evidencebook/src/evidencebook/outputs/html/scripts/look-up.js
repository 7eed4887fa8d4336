// A box above a table of class "look-up" that hides the rows without the words typed; without this script the table is whole.
(() => {
  for (const table of document.querySelectorAll("article table.look-up, article .look-up table")) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const name = table.querySelector("caption .caption-text")?.textContent || "this table";
    const form = document.createElement("p");
    form.className = "look-up-filter";
    const box = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
    box.setAttribute("aria-label", `Show only the rows of ${name} with these words`);
    box.placeholder = "Show only rows with …";
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    form.append(box, " ", status);
    (table.closest(".table-wrapper") ?? table).before(form);
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const texts = rows.map((row) => plain(row.textContent));
    box.addEventListener("input", () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += !row.hidden;
      });
      status.textContent = words.length ? (shown ? `${shown} of ${rows.length} rows` : "No row has these words. That says nothing about safety.") : "";
    });
  }
})();
