// Cards come with the first sign of use, a filter of tables where there is one: a page is read before either is needed.
(() => {
  const come = () => window.evidenceLoad("cards.js");
  let ready = false;
  let early = false; // the script of the cards did not see where the finger came down
  if ("popover" in HTMLElement.prototype) {
    for (const sign of ["scroll", "pointerover", "pointerdown", "keydown"]) {
      addEventListener(sign, () => come().then(() => (ready = true), () => {}), { once: true, passive: true });
    }
    addEventListener("pointerdown", (event) => (early = event.pointerType === "touch" && !ready), { passive: true });
    // A tap that is quicker than the script waits for it, and is then made again; where none comes, the link leads on.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("article a.internal[href*='#']");
      if (!early || !link || !event.isTrusted) return;
      event.preventDefault();
      const again = (kind, Event, told) => link.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true, ...told }));
      come().then(() => again("pointerdown", PointerEvent, { pointerType: "touch" }), () => {})
        .then(() => again("click", MouseEvent, { detail: 1 }));
    });
  }
  if (document.querySelector("article :is(.look-up, .look-up-page)")) window.evidenceLoad("look-up.js");
})();
