// A box above a table of class "look-up", or at ".look-up-page" for all tables of records on the page, that hides the rows
// without the words typed, and sections left empty; without this script the tables are whole.
(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const filter = (place, name, tables) => {
    const rows = tables.flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows]));
    const form = document.createElement("p");
    form.className = "look-up-filter";
    const box = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
    box.setAttribute("aria-label", _(`Show only the rows of ${name} with these words`));
    box.placeholder = _("Show only rows with …");
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    form.append(box, " ", status);
    place.before(form);
    let texts;
    box.addEventListener("input", () => {
      texts ??= rows.map((row) => plain(row.textContent));
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += !row.hidden;
      });
      if (tables.length > 1) {
        for (const part of document.querySelectorAll("article > section > section")) {
          part.hidden = words.length > 0 && !part.querySelector("tbody > tr:not([hidden])");
        }
      }
      status.textContent = words.length ? (shown ? _(`${shown} of ${rows.length} rows`) : _("No row has these words. That says nothing about safety.")) : "";
    });
  };
  for (const table of document.querySelectorAll("article table.look-up, article .look-up table")) {
    filter(table.closest(".table-wrapper") ?? table, table.querySelector("caption .caption-text")?.textContent || _("this table"), [table]);
  }
  const page = document.querySelector("article .look-up-page");
  if (page) filter(page, _("this page"), [...document.querySelectorAll("article table.evidence")]);
})();
