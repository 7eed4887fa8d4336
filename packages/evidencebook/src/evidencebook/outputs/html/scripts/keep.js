// Offers to keep the book on this device, where that can be done: from a host over https, not from disk.
(() => {
  const box = document.querySelector(".keep");
  if (!box || !navigator.serviceWorker || !location.protocol.startsWith("http")) return;
  const [keep, remove] = box.querySelectorAll("button");
  const scope = new URL(".", location).href;
  const show = (kept, words = "") => {
    keep.hidden = kept;
    remove.hidden = !kept;
    if (kept) document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "book.webmanifest" }));
    box.querySelector("[role=status]").textContent = words;
  };
  const ours = () => navigator.serviceWorker.getRegistration().then((one) => (one?.scope === scope ? one : null));
  keep.onclick = async () => {
    show(false, _("Storing …"));
    const failed = () => show(false, _("It could not be stored."));
    try {
      const { installing, active } = await navigator.serviceWorker.register("sw.js");
      if (active) show(true);
      else installing.onstatechange = () => (installing.state === "redundant" ? failed() : installing.state === "activated" && show(true, _("Kept. It opens without a network.")));
    } catch {
      failed();
    }
  };
  remove.onclick = async () => {
    await (await ours())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(`${scope} `)) await caches.delete(name);
    show(false, _("Removed."));
    keep.focus();
  };
  ours().then((one) => {
    show(!!one?.active);
    box.hidden = box.closest("section").hidden = false;
  });
})();
