// Run Lighthouse over pages given as addresses; print one JSON object for each: scores, and the audits that cost points.
// usage: node lighthouse.mjs CHROMIUM CATEGORY[,CATEGORY…] ADDRESS…
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const timed = categories.includes("performance");
// Without times to take there is nothing to wait for.
const UNTIMED = {
  disableFullPageScreenshot: true,
  pauseAfterFcpMs: 1,
  pauseAfterLoadMs: 1,
  networkQuietThresholdMs: 1,
  cpuQuietThresholdMs: 1,
};
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-background-networking"];
const chrome = await launch({ chromePath, chromeFlags });
try {
  for (const address of addresses) {
    const settings = { onlyCategories: categories.split(","), ...(timed ? {} : UNTIMED) };
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "silent" }, { extends: "lighthouse:default", settings });
    const scores = {};
    const lost = [];
    for (const category of Object.values(lhr.categories)) {
      scores[category.id] = category.score === null ? null : Math.round(category.score * 100);
      for (const { id, weight } of category.auditRefs) {
        const audit = lhr.audits[id];
        const fails = audit.score === null ? audit.scoreDisplayMode === "error" : audit.score < 0.9;
        if (weight && fails) lost.push([audit.title, audit.displayValue, audit.errorMessage].filter(Boolean).join(": "));
      }
    }
    if (lhr.runtimeError) lost.push(lhr.runtimeError.message);
    console.log(JSON.stringify({ address, scores, lost, metrics: { lcp: lhr.audits["largest-contentful-paint"]?.numericValue } }));
  }
} finally {
  chrome.kill();
}
