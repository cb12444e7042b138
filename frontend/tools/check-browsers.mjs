// Fails when the built files use what Chromium 86 does not have and cannot ignore. The compiler keeps the
// syntax; this keeps the interfaces and the styles that no compiler can lower.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const OUT = resolve(import.meta.dirname, "../../src/wenlan/web/static/wenlan");

// What is listed, the version that brought it, and (third) what makes a mention harmless.
const STYLES = [
  [/:has\(/, 105], [/:is\(|:where\(/, 88], [/:not\([^()]*,/, 88], [/@layer\b/, 99], [/@container\b/, 105],
  [/color-mix\(/, 111], [/\boklch\(|\blab\(/, 111], [/light-dark\(/, 123], [/(^|[;{])inset(-block|-inline)?:/, 87],
  [/aspect-ratio:/, 88], [/(margin|padding)-(inline|block):/, 87], [/\d(dvh|svh|lvh|cqw|cqi)\b/, 108],
  [/\(width\s*[<>]/, 104], [/&[ .:>[]/, 112], [/subgrid/, 117],
];
const SCRIPTS = [
  [/\bstructuredClone\(/, 98], [/crypto\.randomUUID\b/, 92], [/Object\.hasOwn\(/, 93], [/Object\.groupBy\(/, 117],
  [/\.findLast(Index)?\(/, 97], [/\.to(Sorted|Reversed|Spliced)\(/, 110], [/AbortSignal\.(timeout|any)\(/, 103],
  [/\bnavigator\.locks\b.*steal/, 999], [/URL\.canParse\(/, 120], [/Array\.fromAsync/, 121],
];

const faults = [];
for (const name of readdirSync(OUT, { recursive: true })) {
  const rules = name.endsWith(".css") ? STYLES : name.endsWith(".js") ? SCRIPTS : [];
  if (rules.length === 0) continue;
  const text = readFileSync(join(OUT, name), "utf8").replace(/url\([^)]*\)/g, "");
  for (const [pattern, version] of rules) {
    const found = pattern.exec(text);
    if (found) faults.push(`${name}: ${found[0]} needs Chromium ${version}: …${text.slice(Math.max(0, found.index - 60), found.index + 60)}…`);
  }
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log("The built files keep to Chromium 86.");
