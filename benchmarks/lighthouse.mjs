// Runs Lighthouse on each address that is named on the standard input, one after the
// other in one browser, and writes the scores as one line of JSON each.
// Words: the folder of the packages of npm, and the program of the browser.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, program] = process.argv.slice(2);
const load = (...path) => import(pathToFileURL(join(folder, ...path)).href);
const { default: lighthouse, desktopConfig } = await load("lighthouse", "core", "index.js");
const { launch } = await load("chrome-launcher", "dist", "index.js");

const browser = await launch({
  chromePath: program,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  for (const { name, address, device, apart, only } of JSON.parse(readFileSync(0, "utf8"))) {
    const config = device === "desktop" ? desktopConfig : undefined;
    const { lhr } = await lighthouse(
      address,
      { port: browser.port, logLevel: "error", skipAudits: apart, onlyCategories: only },
      config,
    );
    const scores = Object.fromEntries(
      Object.values(lhr.categories).map((c) => [c.id, Math.round((c.score ?? 0) * 100)]),
    );
    const lost = Object.values(lhr.categories).flatMap((category) =>
      category.auditRefs
        .filter((ref) => ref.weight > 0)
        .filter((ref) => (lhr.audits[ref.id]?.score ?? 1) < 0.9)
        .map((ref) => ref.id),
    );
    console.log(JSON.stringify({ name, device, scores, lost, fault: lhr.runtimeError?.code }));
  }
} finally {
  browser.kill();
}
