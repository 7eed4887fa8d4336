// Load a file when it is first used, and once: as a script, because a page opened from disk may not fetch.
window.evidenceLoad = (() => {
  const { src: here, dataset: { release } } = document.currentScript;
  const asked = {};
  return (name) =>
    (asked[name] ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = new URL(`${name}?v=${release}`, here);
      script.async = false; // in the order asked for: the last one uses the others
      script.onload = done;
      script.onerror = () => {
        delete asked[name]; // the next use asks again
        fail(new Error(name));
      };
      document.head.append(script);
    }));
})();
