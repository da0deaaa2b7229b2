// Runs queries without leaving the page. The server makes all that is shown: its page
// is fetched, and its answer or fault put in the place of the old one. Without this
// file the form works as forms do.

import { withPrefixes } from "./sparql.js";
import { makeSortable } from "./tables.js";

const LONGEST_RAW = 100_000;
const form = document.querySelector("form.query");
const field = document.getElementById("query-text");
const status = document.getElementById("run-status");
const places = ["fault-place", "answer-place"];
const button = (id) => document.getElementById(id);
let running = null;
let before = null;
let shown = here();

/** The address of the page without its fragment: a jump within it asks nothing. */
function here() {
  return location.href.split("#")[0];
}

/** Ask the server for a page and show its answer; gives that page, or null. */
async function show(address, options = {}) {
  running?.abort();
  const mine = (running = new AbortController());
  button("cancel").hidden = false;
  status.textContent = "Running…";
  const start = performance.now();
  try {
    const headers = { Accept: "text/html" };
    const response = await fetch(address, { headers, signal: mine.signal, ...options });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (mine !== running) return null;
    put(page, response.status, (performance.now() - start) / 1000);
    return page;
  } catch (fault) {
    if (mine === running) {
      status.textContent =
        fault.name === "AbortError"
          ? "Cancelled. The server ends the query by itself, at its time limit at the latest."
          : "The server could not be reached. Check the connection and run again.";
    }
    return null;
  } finally {
    if (mine === running) {
      button("cancel").hidden = true;
      running = null;
    }
  }
}

/** Put what a page says in the place of what this page said. */
function put(page, code, seconds) {
  for (const id of places) {
    const found = page.getElementById(id);
    document.getElementById(id).replaceChildren(...(found ? found.childNodes : []));
  }
  const isOurs = page.getElementById("answer-place") !== null;
  if (!isOurs) {
    // An error page of the server, or of a proxy before it.
    const note = page.querySelector(".fault");
    document.getElementById("fault-place").replaceChildren(...(note ? [note] : []));
  }
  document.title = page.title || document.title;
  const count = document.getElementById("answer-count");
  const fault = document.getElementById("fault");
  if (count) {
    // One status region is enough; this one stays.
    count.removeAttribute("role");
    const link = document.createElement("a");
    link.href = "#answer";
    link.textContent = "Go to the answer";
    status.replaceChildren(`${count.textContent.trim()} Took ${seconds.toFixed(2)} s. `, link);
  } else if (isOurs && !fault) status.textContent = "";
  else status.textContent = fault ? "No answer: the fault is told above the query." : `No answer: the server said ${code}.`;
  field.toggleAttribute("aria-invalid", false);
  if (fault) {
    field.setAttribute("aria-invalid", "true");
    fault.scrollIntoView({ block: "nearest" });
  }
  field.setAttribute("aria-describedby", fault ? "query-hint fault" : "query-hint");
  furnish();
  document.dispatchEvent(new CustomEvent("vomkg:answered"));
}

async function run() {
  if (!field.value.trim()) {
    status.textContent = "There is no query yet: write one, or choose an example.";
    return;
  }
  const asked = new URLSearchParams(new FormData(form));
  const address = `${form.action}?${asked}`;
  const isLong = address.length > Number(form.dataset.longestAddress);
  const page = isLong ? await show(form.action, { method: "POST", body: asked }) : await show(address);
  if (page && isLong) {
    status.prepend("Sent by POST: the query is too long for an address, so the address of this page is not that of the answer. ");
  } else if (page && here() !== address) {
    history.pushState({}, "", address);
    shown = here();
  }
}

/** Put a text into the field; what stood there can be brought back. */
function write(text) {
  if (text === field.value) return;
  before = field.value;
  field.value = text;
  button("bring-back").hidden = !before.trim();
  document.dispatchEvent(new CustomEvent("vomkg:text"));
}

async function writePrefixes() {
  try {
    const response = await fetch(field.dataset.terms);
    const { prefixes } = await response.json();
    const text = withPrefixes(field.value, prefixes);
    const lines = text.split("\n").length - field.value.split("\n").length;
    write(text);
    status.textContent = lines
      ? `${lines} prefix ${lines === 1 ? "line" : "lines"} written at the top.`
      : "Every prefix that is used is written out already.";
  } catch {
    status.textContent = "The prefixes could not be had from the server. Try again.";
  }
}

/** What only a script can do for an answer: sorting, and its bytes below it. */
function furnish() {
  const place = document.getElementById("answer-place");
  makeSortable(place);
  for (const link of place.querySelectorAll("a[data-raw]")) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = `As ${link.dataset.raw}`;
    const text = document.createElement("pre");
    text.tabIndex = 0;
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", `The answer as ${link.dataset.raw}`);
    details.append(summary, text);
    details.addEventListener("toggle", () => fill(text, link.href), { once: true });
    link.closest("ul").before(details);
  }
}

async function fill(place, address) {
  place.textContent = "Loading…";
  try {
    const text = await (await fetch(address)).text();
    place.textContent = text.slice(0, LONGEST_RAW);
    if (text.length > LONGEST_RAW) place.append("\n… the links below give the whole.");
  } catch {
    place.textContent = "The server could not be reached; the links below may still work.";
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
button("cancel").addEventListener("click", () => running?.abort());
button("write-prefixes").addEventListener("click", writePrefixes);
button("bring-back").addEventListener("click", () => {
  write(before);
  status.textContent = "Brought back. The same button brings back the other text.";
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-example]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  write(new URL(link.href).searchParams.get("query"));
  status.textContent = `In the editor: ${link.textContent} Run it when you like.`;
  field.scrollIntoView({ block: "nearest" });
});
window.addEventListener("popstate", async () => {
  if (here() === shown) return;
  shown = here();
  const page = await show(location.href);
  const text = page?.getElementById("query-text")?.value;
  if (text !== undefined) write(text);
  document.dispatchEvent(new CustomEvent("vomkg:answered"));
});
button("write-prefixes").hidden = false;
furnish();
