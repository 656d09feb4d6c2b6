// Writes the generated pages under docs/; with --check it changes nothing and fails if one is not what the code says.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureBuilt, root } from "./workspace.mjs";

ensureBuilt();
const { renderDocs } = await import("../apps/cli/dist/docs/render-docs.js");
const stale = [...renderDocs()].filter(([path, text]) => {
  const file = join(root, "docs", path);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});

if (process.argv.includes("--check")) {
  for (const [path] of stale)
    process.stderr.write(`docs/${path} is not what the code says: run \`pnpm docs\`.\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    const file = join(root, "docs", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stdout.write(`docs/${path}\n`);
  }
}
