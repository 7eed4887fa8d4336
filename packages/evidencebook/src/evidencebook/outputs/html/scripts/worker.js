// Answers for a reader who kept the book: from the network, and without one, or when it is slow, from what was stored.
// FILES and RELEASE stand above; another release is stored whole before the older one goes.
const NAME = `${registration.scope} ${RELEASE}`;
addEventListener("install", (event) =>
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(FILES.map((file) => new Request(file, { cache: "reload" }))))));
addEventListener("activate", (event) =>
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => name.startsWith(`${registration.scope} `) && name !== NAME).map((name) => caches.delete(name))))));
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const kept = caches.open(NAME).then((all) => all.match(event.request, { ignoreSearch: true }));
  const late = new Promise((done) => setTimeout(() => kept.then((one) => one && done(one)), 4000));
  const fresh = fetch(event.request).catch(async (gone) => (await kept) ?? Promise.reject(gone));
  event.respondWith(Promise.race([fresh, late]));
});
