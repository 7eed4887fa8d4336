// Light and dark, the table of contents that follows the reader, and "Back to top": what Furo's own script does,
// without its messages on the console. Then what it does not do: menus and wide boxes for people without a mouse.
(() => {
  const root = document.documentElement;

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const order = () => (dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"]);
  for (const button of document.querySelectorAll(".theme-toggle")) {
    button.addEventListener("click", () => {
      const now = order();
      const next = now[(now.indexOf(document.body.dataset.theme) + 1) % now.length];
      document.body.dataset.theme = next;
      try {
        localStorage.setItem("theme", next);
      } catch {
        // the choice then holds for this page only
      }
    });
  }

  const header = document.querySelector(".mobile-header");
  const contents = document.querySelector(".toc-scroll");
  const entries = [...document.querySelectorAll(".toc-tree a")]
    .map((link) => [link.parentElement, document.getElementById(decodeURIComponent(link.hash.slice(1)))])
    .filter(([, section]) => section);
  let before = scrollY;
  let waiting = false;
  const follow = () => {
    waiting = false;
    header?.classList.toggle("scrolled", scrollY > 0);
    if (scrollY < 64 || scrollY > before) root.classList.remove("show-back-to-top");
    else if (scrollY < before) root.classList.add("show-back-to-top");
    before = scrollY;
    const line = (header?.getBoundingClientRect().bottom || 0) + 56;
    const read = entries.filter(([, section]) => section.getBoundingClientRect().top <= line).at(-1);
    for (const entry of entries) entry[0].classList.toggle("scroll-current", entry === read);
    if (contents && scrollY === 0) contents.scrollTo(0, 0);
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  }, { passive: true });
  follow();

  // The menus of a narrow screen: the theme's labels take no key, so buttons stand in for them. A key that opens a menu
  // leads into it; Escape, or going elsewhere, closes it.
  for (const [id, place, icon] of [["__navigation", ".sidebar-drawer", ".nav-overlay-icon"], ["__toc", ".toc-drawer", ".toc-overlay-icon"]]) {
    const toggle = document.getElementById(id);
    const drawer = document.querySelector(place);
    const buttons = [...document.querySelectorAll(icon)].map((label) => {
      const button = Object.assign(document.createElement("button"), { className: label.className, type: "button" });
      button.setAttribute("aria-label", toggle.getAttribute("aria-label"));
      button.append(...label.childNodes);
      label.replaceWith(button);
      return button;
    });
    const told = () => buttons.forEach((button) => button.setAttribute("aria-expanded", toggle.checked));
    const turn = (open) => {
      toggle.checked = open;
      told();
    };
    told();
    toggle.addEventListener("change", told);
    for (const button of buttons) {
      button.addEventListener("click", (event) => {
        turn(!toggle.checked);
        if (toggle.checked && !event.detail) [...drawer.querySelectorAll("a, input")].find((one) => one.offsetParent)?.focus();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked) return;
      turn(false);
      buttons.find((button) => button.offsetParent)?.focus();
    });
    document.addEventListener("focusin", ({ target }) => {
      if (!drawer.contains(target) && !buttons.includes(target)) turn(false);
    });
  }

  // A table or a piece of code that is wider than its place scrolls by the arrow keys, once the focus can go there.
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth;
      if (wide === target.hasAttribute("tabindex")) continue;
      const name = target.querySelector("caption")?.textContent.replace("¶", "") || (target.localName === "pre" ? _("Code") : _("Table"));
      const told = { tabindex: "0", role: "group", "aria-label": _(`${name.trim()}, scrolls sideways`) };
      for (const [key, value] of Object.entries(told)) wide ? target.setAttribute(key, value) : target.removeAttribute(key);
    }
  });
  for (const box of document.querySelectorAll("article :is(pre, .table-wrapper, .output.text_html)")) reach.observe(box);
})();
