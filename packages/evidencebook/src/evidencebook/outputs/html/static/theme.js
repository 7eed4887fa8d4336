// Set light or dark before anything is painted. The choice is all that this site keeps in a browser.
document.documentElement.classList.remove("no-js");
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  document.body.dataset.theme = "auto"; // storage may be refused, as in a private window
}
