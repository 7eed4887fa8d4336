// Show the card of a claim, a finding or a source beside the link that names it: on hover, on keyboard focus, on a first tap.
// Without this script, which first-use.js loads where the browser has popovers, the link is a link.
(() => {
  const root = document.documentElement;
  const ours = (node) => {
    const link = node.closest?.("article a.internal[href*='#']");
    return link && (/^#(claim|finding|source)-/.test(link.hash) || link.closest(".bibtex-citation")) && !link.closest(".evidence-card, .on-site") ? link : null;
  };

  const card = document.createElement("div");
  card.id = "evidence-card";
  card.className = "evidence-card";
  card.popover = "manual";
  card.setAttribute("role", "dialog");
  let link = null;
  let timer = 0;
  let touched = false;
  let returning = false;

  // In parts, each asked for once; hover_cards.py chooses the part.
  const asked = {};
  const data = (name) => {
    const part = [...name].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 64;
    return (asked[part] ??= window.evidenceLoad(`../evidence/cards/${part}.js`).then(() => window.evidenceCards, () => null));
  };
  const named = (of) => decodeURIComponent(of.hash).match(/^#([^-]+)-(.*)$/)?.slice(1) ?? ["", ""];

  const line = (name, ...content) => {
    const made = document.createElement("p");
    made.className = `card-${name}`;
    made.append(...content);
    return made;
  };
  const lead = (words) => Object.assign(document.createElement("strong"), { textContent: `${words} ` });
  const anchor = (href, words) => Object.assign(document.createElement("a"), { href, textContent: words });

  const aboutSource = (source, most) => [
    line("who", [source.authors, source.year && `(${source.year})`].filter(Boolean).join(" ")),
    line("title", source.title),
    line("design", [source.design, source.flags, source.seen].filter(Boolean).join(", ")),
    ...(source.doi
      ? [line("doi", anchor(`https://doi.org/${source.doi}`, `doi:${source.doi}`))]
      : source.href ? [line("doi", anchor(source.href, source.href))] : []),
    ...(source.checked || most ? [line("checked", source.checked || most)] : []),
  ];
  const aboutFinding = (finding, source, most) => [
    line("about", lead(`${finding.id}.`), finding.about),
    ...(finding.words ? [line("words", lead(_("Result:")), finding.words)] : []),
    line("population", lead(_("In:")), `${finding.population}; ${finding.seen}`),
    ...(finding.caution ? [line("caution", lead(_("Caution:")), finding.caution)] : []),
    ...(source ? aboutSource(source, most) : []),
  ];

  const aboutClaim = (claim) => [
    line("about", lead(claim.statement)),
    line("words", lead(`${claim.certainty}.`), claim.why ? _(`Why: ${claim.why}.`) : ""),
  ];

  const fill = (cards) => {
    const [kind, name] = named(link);
    const claim = kind === "claim" && cards?.claim[name];
    const finding = kind === "finding" && cards?.finding[name];
    const source = cards?.source[finding ? finding.source : name];
    const told = claim ? aboutClaim(claim) : finding ? aboutFinding(finding, source, cards.checked) : source ? aboutSource(source, cards.checked) : [];
    if (!told.length) told.push(line("about", _("Its details are at the end of this link.")));
    // The link itself goes there; a finger, whose first tap opened the card, needs a second way.
    const [go, about] = claim
      ? [_("Go to the claim"), _("About this claim")]
      : finding ? [_("Go to the finding"), _("About this finding")] : [_("Go to the source"), _("About this source")];
    told.push(line("go", anchor(link.href, go)));
    card.replaceChildren(...told);
    card.classList.toggle("by-touch", touched);
    card.setAttribute("aria-label", about);
  };

  // Below the link, or above it where there is more room; never wider or higher than what is seen.
  const place = () => {
    const [at] = link.getClientRects();
    const under = innerHeight - at.bottom - 10;
    const over = at.top - (document.querySelector(".mobile-header")?.offsetHeight || 0) - 10;
    card.style.maxHeight = "";
    const below = card.offsetHeight <= under || under >= over;
    card.style.maxHeight = `${Math.max(below ? under : over, 120)}px`;
    const left = Math.max(8, Math.min(at.left, root.clientWidth - card.offsetWidth - 8));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? at.bottom + 2 : at.top - card.offsetHeight - 2) + scrollY}px`;
  };

  const close = () => {
    clearTimeout(timer);
    if (!link) return;
    if (card.contains(document.activeElement)) link.focus({ preventScroll: true });
    link.setAttribute("aria-expanded", "false");
    link.removeAttribute("aria-controls");
    link = null;
    card.hidePopover();
    card.remove();
  };
  const open = async (wanted) => {
    clearTimeout(timer);
    if (link === wanted) return;
    close();
    link = wanted;
    link.after(card); // so that Tab goes on into the card
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", card.id);
    const show = (cards) => {
      fill(cards);
      card.showPopover();
      place();
    };
    const late = setTimeout(() => link === wanted && show(null), 250);
    const cards = await data(named(wanted)[1]);
    clearTimeout(late);
    if (link === wanted) show(cards);
  };
  const soon = (what, wait) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };

  // In pieces: a page of references has thousands of links, and a reader's first touch would wait for all of them.
  const announce = (links) => {
    for (const one of links.splice(0, 200).filter(ours)) {
      one.setAttribute("aria-haspopup", "dialog");
      one.setAttribute("aria-expanded", "false");
    }
    if (links.length) setTimeout(announce, 0, links);
  };
  announce([...document.querySelectorAll("article a.internal[href*='#']")]);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const over = ours(event.target);
    if (over) soon(() => open(over), 120);
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (link && !link.matches(":focus-visible") && !card.contains(document.activeElement)) soon(close, 250);
    else if (!link) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const on = ours(event.target);
    if (on?.matches(":focus-visible") && !touched && !returning) open(on);
    else if (link && on !== link && !card.contains(event.target)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (link && !card.contains(event.target) && ours(event.target) !== link) close();
  });
  document.addEventListener("click", (event) => {
    const on = ours(event.target);
    if (on && touched && on !== link && event.detail) {
      event.preventDefault();
      open(on);
    } else if (link && event.target.closest("a")) soon(close, 0); // it leads away, perhaps on this very page
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key !== "Escape" || !link) return;
    event.preventDefault();
    returning = true; // the link gets the focus back, and not its card again
    close();
    returning = false;
  });

  // It may come after the sign that asked for it.
  const waiting = ours(document.querySelector("article a:focus-visible") ?? root)
    ?? (matchMedia("(hover: hover)").matches && ours(document.querySelector("article a:hover") ?? root));
  if (waiting) soon(() => open(waiting), 120);
})();
