// Bundle the query page's script and style into kg/web/static/yasgui, with the licences of all that goes in.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "kg/web/static/yasgui");
const source = join(root, "kg/web/page");

// What npm packages call the file of their licence.
const LICENCE = /^(licen[cs]e|copying)(\.(txt|md))?$/i;
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
// Licences that are one text for everybody, for packages that come without the file.
const TEXTS = { MIT, "CC0-1.0": "Given to the public domain: https://creativecommons.org/publicdomain/zero/1.0/" };

function person(value) {
  return typeof value === "string" ? value : (value?.name ?? "");
}

function licence(folder) {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => LICENCE.test(name));
  const names = [about.author, ...(about.contributors ?? [])].map(person).filter(Boolean).join(", ");
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : TEXTS[about.license];
  if (!text) throw new Error(`${about.name} has neither a licence file nor a licence that is known here`);
  const kind = about.license ?? "see the text";
  return `${about.name} ${about.version} (${kind})\n${file ? "" : `Copyright ${names}\n`}\n${text}\n`;
}

function licences() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const folders = Object.entries(packages).filter(([path, entry]) => path && !entry.dev);
  return folders.map(([path]) => join(root, path)).filter(existsSync).map(licence);
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
await build({
  entryPoints: [join(source, "page.js"), join(source, "page.css")],
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "info",
});
const line = `\n${"-".repeat(80)}\n\n`;
const head = "The script of the query page is made of these packages.\n";
writeFileSync(join(target, "LICENSES.txt"), [head, ...licences()].join(line));
