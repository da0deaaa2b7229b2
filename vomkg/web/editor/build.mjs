// Builds the editor: node build.mjs SOURCE FOLDER. The folder gets the script under the
// hash of its bytes, a NOTICE with the licences of its parts, and a manifest.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { build } from "esbuild";

const [source, folder] = process.argv.slice(2).map((path) => resolve(path));
const LICENCE = /^licen[cs]e(\.\w+)?$/i;

const built = await build({
  absWorkingDir: source,
  entryPoints: ["src/main.js"],
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none", // they stand in NOTICE, whole
  metafile: true,
  write: false,
  logLevel: "warning",
});
const [{ contents }] = built.outputFiles;
const digest = createHash("sha256").update(contents).digest("hex");
const name = `editor-${digest.slice(0, 16)}.js`;
const parts = partsOf(Object.keys(built.metafile.inputs));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, name), contents);
writeFileSync(join(folder, "NOTICE.txt"), notice(parts));
writeFileSync(
  join(folder, "manifest.json"),
  `${JSON.stringify({ script: name, sha256: digest, parts: parts.map(({ id }) => id) }, null, 2)}\n`,
);
console.error(`${name}: ${contents.length} bytes, of ${parts.length} packages`);

/** The packages that the script was made of, each with the text of its licence. */
function partsOf(inputs) {
  const names = inputs
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean);
  return [...new Set(names)].sort().map((part) => {
    const place = join(source, "node_modules", part);
    const { version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    const file = readdirSync(place).find((found) => LICENCE.test(found));
    if (!file || license !== "MIT") throw new Error(`${part}: ${license} or no licence text`);
    return { id: `${part} ${version}`, text: readFileSync(join(place, file), "utf8").trim() };
  });
}

function notice(parts) {
  const head = "The script in this folder is made of vomkg's own code and of these packages,\nall under the MIT licence.\n";
  return [head, ...parts.map(({ id, text }) => `== ${id}\n\n${text}\n`)].join("\n");
}
