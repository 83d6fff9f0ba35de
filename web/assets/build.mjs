// SPDX-License-Identifier: EUPL-1.2

// Makes web/static/dist: loket.css with the rules of NL Design System that the pages use,
// then our own theme and layout; the other sheets and scripts as they are. A rule is kept when every class in one of its selectors is
// named in a template or in Go. Nothing of the packages is committed; their licence
// (EUPL-1.2) travels at the head of the file.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const assets = dirname(fileURLToPath(import.meta.url));
const web = dirname(assets);
const packages = join(dirname(web), "node_modules");
const dist = join(web, "static", "dist");

const sheets = [
  "@utrecht/component-library-css/dist/index.css",
  "@nl-design-system-candidate/data-badge-css/dist/data-badge.css",
  "@nl-design-system-candidate/heading-css/dist/heading.css",
  "@nl-design-system-candidate/link-css/dist/link.css",
  "@nl-design-system-candidate/paragraph-css/dist/paragraph.css",
  "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
];

/** Words in the sources of the pages: more than classes, and that is fine. */
function usedWords() {
  const words = new Set();
  for (const name of readdirSync(web)) {
    if (!/\.(templ|go)$/.test(name) || /_(templ|test)\.go$/.test(name)) continue;
    for (const word of readFileSync(join(web, name), "utf8").match(/[\w-]+/g) ?? []) words.add(word);
  }
  return words;
}

/** Splits a style sheet into rules: [head, body], where the body of an at-rule holds rules. */
function* rulesOf(css) {
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    if (open < 0) return;
    let depth = 1;
    let end = open + 1;
    for (; depth > 0 && end < css.length; end++) {
      if (css[end] === "{") depth++;
      if (css[end] === "}") depth--;
    }
    const statement = css.lastIndexOf(";", open);
    const start = statement >= at ? statement + 1 : at;
    yield [css.slice(start, open).trim(), css.slice(open + 1, end - 1).trim()];
    at = end;
  }
}

/** Keeps what the pages use. */
function pruned(css, used) {
  let kept = "";
  for (const [head, body] of rulesOf(css)) {
    if (head.startsWith("@media") || head.startsWith("@supports")) {
      const inside = pruned(body, used);
      if (inside) kept += `${head}{${inside}}`;
      continue;
    }
    if (head.startsWith("@")) continue;
    const selectors = splitSelectors(head).filter((one) => {
      const classes = one.match(/\.[\w-]+/g);
      return classes && classes.every((name) => used.has(name.slice(1)));
    });
    if (selectors.length > 0 && body) kept += `${selectors.join(",")}{${body.replace(/\s+/g, " ")}}\n`;
  }
  return kept;
}

/** Splits at commas that stand outside brackets. */
function splitSelectors(head) {
  const found = [];
  let depth = 0;
  let one = "";
  for (const c of head) {
    if (c === "(") depth++;
    if (c === ")") depth--;
    if (c === "," && depth === 0) {
      found.push(one.trim());
      one = "";
    } else one += c;
  }
  return [...found, one.trim()];
}

const plain = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "");
const compact = (css) => plain(css).replace(/\s+/g, " ").replace(/ ?([{};,>]) ?/g, "$1").replace(/;}/g, "}").trim();

const used = usedWords();
const system = sheets.map((name) => pruned(plain(readFileSync(join(packages, name), "utf8")), used)).join("");
mkdirSync(dist, { recursive: true });
const head = "/* SPDX-License-Identifier: EUPL-1.2. Begins with rules of NL Design System: Gemeente Utrecht, Frameless and contributors. */\n";
for (const name of readdirSync(assets)) {
  const source = readFileSync(join(assets, name), "utf8");
  if (name === "loket.css") writeFileSync(join(dist, name), `${head}${compact(system)}\n${compact(source)}\n`);
  else if (name.endsWith(".css")) writeFileSync(join(dist, name), `${compact(source)}\n`);
  else if (name.endsWith(".js")) writeFileSync(join(dist, name), source);
}
