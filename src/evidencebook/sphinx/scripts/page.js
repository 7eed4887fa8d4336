// Light and dark, the table of contents that follows the reader, and "Back to top": what Furo's own script does,
// without its messages on the console.
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
})();
