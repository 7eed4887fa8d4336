// Search claims, findings, sources and sections. MiniSearch is the library because typing errors decide: it matches
// words some edits apart. Pagefind, the other candidate, tolerates none and needs 'wasm-unsafe-eval' in the policy.
(() => {
  const KINDS = { c: _("Claim"), f: _("Finding"), s: _("Source"), p: _("Page"), h: _("Page") };
  const BOOST = { h: 4, c: 2, f: 1, s: 1, p: 1.4 }; // start pages first; a claim answers; a section explains; the rest is what they rest on
  const BRIEF = 8;
  const WHOLE = 60;
  const IDLE = new Set(_("a an and are as at be by do does for from in is it of on or that the to was what with").split(" "));

  // Rows of kind, title, text, address, further words, as written by search_index.py.
  const rows = window.evidenceIndex;
  const term = (word) => {
    const plain = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return IDLE.has(plain) ? null : plain;
  };
  const engine = new MiniSearch({
    fields: ["1", "2", "4", "words"],
    idField: "id",
    // Further words are the name of a record, or what search-words.yml says of a page: each has a field of its own.
    extractField: (id, field) => {
      if (field === "id") return id;
      const isPage = "hp".includes(rows[id][0]);
      if (field === "words") return isPage ? rows[id][4] : "";
      return field === "4" && isPage ? "" : rows[id][field];
    },
    processTerm: term,
    searchOptions: {
      boost: { 1: 3, 4: 6, words: 60 }, // a name was meant as such, and a reader's word comes before any record
      prefix: (word) => word.length > 2,
      // Two neighbours swapped, the commonest slip, are two edits; a short word would become too many others.
      fuzzy: (word) => (word.length > 5 ? 2 : word.length > 3 ? 1 : false),
      weights: { fuzzy: 0.2, prefix: 0.5 },
      boostDocument: (id) => BOOST[rows[id][0]],
    },
  });
  engine.addAll(rows.map((_, id) => id));

  const find = (words) => {
    const found = engine.search(words, { combineWith: "AND" });
    return found.length ? found : engine.search(words);
  };

  const marked = (text, terms) => {
    const made = document.createDocumentFragment();
    let done = 0;
    for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!terms.has(term(word))) continue;
      const mark = document.createElement("mark");
      mark.textContent = word;
      made.append(text.slice(done, index), mark);
      done = index + word.length;
    }
    made.append(text.slice(done));
    return made;
  };
  const excerpt = (text, terms) => {
    const first = [...text.matchAll(/[\p{L}\p{N}]+/gu)].find(({ 0: word }) => terms.has(term(word)))?.index ?? 0;
    const from = first < 90 ? 0 : text.indexOf(" ", first - 70) + 1;
    const to = from + 190 < text.length ? text.lastIndexOf(" ", from + 190) : text.length;
    return `${from ? "… " : ""}${text.slice(from, Math.max(to, from + 60))}${to < text.length ? " …" : ""}`;
  };
  const element = (tag, name, ...content) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...content);
    return made;
  };

  const root = document.documentElement.dataset.content_root || "./";
  const entry = ({ id, terms }) => {
    const [kind, title, text, address] = rows[id];
    const matched = new Set(terms);
    const link = element("a", "", marked(title, matched));
    link.href = root + address;
    const body = excerpt(text, matched);
    return element("li", "", element("span", "search-kind", KINDS[kind]), " ", link, ...(body ? [element("p", "", marked(body, matched))] : []));
  };

  // Bring one box to life: results below it, arrows through them, Escape back.
  window.evidenceSearch = (box) => {
    const whole = Boolean(box.dataset.whole);
    const status = box.form.querySelector("[role=status]");
    const panel = whole ? document.getElementById("search-results") : element("div", "search-panel");
    const list = element("ol", "search-list");
    panel.replaceChildren(list);
    if (!whole) {
      if ("popover" in panel) panel.popover = "manual"; // above everything, whatever scrolls
      box.form.append(panel);
    }
    const hide = () => {
      if (!whole && panel.matches(":popover-open")) panel.hidePopover();
    };

    let found = [];
    const show = () => {
      const words = box.value.trim();
      if (panel.dataset.words === words) return found.length && !whole ? open() : undefined; // a new list would lose the focus
      panel.dataset.words = words;
      found = words ? find(words) : [];
      list.replaceChildren(...found.slice(0, whole ? WHOLE : BRIEF).map(entry));
      const count = found.length === 1 ? _("1 result") : _(`${found.length} results`);
      const more = whole && found.length > WHOLE ? _(`; the best ${WHOLE} are shown`) : "";
      status.textContent = !words ? "" : found.length ? `${count}${more}.` : _("Nothing was found.");
      if (whole) return;
      panel.querySelector(".search-more")?.remove();
      if (found.length > BRIEF) {
        const all = element("a", "search-more", _(`All ${count}`));
        all.href = `${box.form.action}?q=${encodeURIComponent(words)}`;
        panel.append(all);
      }
      if (!found.length) return hide();
      open();
    };

    const open = () => {
      if (!panel.matches(":popover-open")) panel.showPopover?.();
      const at = box.getBoundingClientRect();
      panel.style.top = `${at.bottom + 4}px`;
      panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - panel.offsetWidth - 8))}px`;
      panel.style.maxHeight = `${innerHeight - at.bottom - 16}px`;
    };

    const step = (event) => {
      const links = [...panel.querySelectorAll("a")];
      const now = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (now < 0 && document.activeElement !== box) return;
        event.preventDefault();
        const next = event.key === "ArrowDown" ? Math.min(now + 1, links.length - 1) : now - 1;
        (links[next] ?? box).focus();
      } else if (event.key === "Escape") {
        event.preventDefault(); // else the browser empties the box
        if (now >= 0) box.focus();
        hide();
      }
    };
    let timer;
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, 80);
    });
    box.addEventListener("keydown", step);
    panel.addEventListener("keydown", step);
    if (whole) {
      box.form.addEventListener("submit", (event) => {
        event.preventDefault();
        history.replaceState(null, "", `?q=${encodeURIComponent(box.value.trim())}`);
        show();
      });
    } else {
      box.addEventListener("focus", () => box.value.trim() && show());
      addEventListener("focusin", (event) => box.form.contains(event.target) || hide());
      addEventListener("pointerdown", (event) => box.form.contains(event.target) || hide());
    }
    show();
  };
})();
