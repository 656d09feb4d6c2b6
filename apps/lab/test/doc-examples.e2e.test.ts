import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir, makeTempDir } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { matchesOutput } from "./doc-commands.ts";
import { docExamples } from "./doc-examples.ts";
import { repoRoot } from "./repo-root.ts";
import { sqliteLoads } from "./sqlite-loads.ts";

const guidesDir = join(repoRoot, "docs/guides");
const pages = ["../../README.md", ...readdirSync(guidesDir)]
  .map((name) => ({ name, examples: docExamples(readFileSync(join(guidesDir, name), "utf8")) }))
  .filter(({ examples }) => examples.length > 0);

const strict = ["--module", "nodenext", "--target", "es2023", "--strict", "--noUncheckedIndexedAccess"];

/** The store that the page takes for granted. */
function makeStore(dir: string): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "sessions.json"), "{}");
}

describe.each(pages)("$name", ({ name: page, examples }) => {
  test("every example compiles, runs after those before it, and prints what the page says", async () => {
    const temp = makeTempDir();
    onTestFinished(() => temp.dispose());
    mkdirSync(join(temp.path, "node_modules/@sessionsmith"), { recursive: true });
    mkdirSync(join(temp.path, "node_modules/@types"));
    for (const linked of ["core", "maintenance", "migrate", "sessions", "store-sqlite"])
      symlinkSync(join(repoRoot, "packages", linked), join(temp.path, "node_modules/@sessionsmith", linked));
    symlinkSync(join(repoRoot, "node_modules/@types/node"), join(temp.path, "node_modules/@types/node"));
    writeFileSync(join(temp.path, "package.json"), '{"type":"module"}');
    cpSync(join(fixturesDir, "legacy/openclaw-python-ws1/before"), join(temp.path, "workspace"), {
      recursive: true,
    });
    if (page.endsWith("README.md")) makeStore(join(temp.path, ".mybot/sessions"));
    const files = examples.map(({ code }, n) => {
      writeFileSync(join(temp.path, `example-${n}.ts`), code);
      return `example-${n}`;
    });
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, args, {
        cwd: temp.path,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], HOME: temp.path },
      });
    const tsc = run(
      join(repoRoot, "node_modules/typescript/bin/tsc"),
      ...strict,
      "--exactOptionalPropertyTypes",
      "--noPropertyAccessFromIndexSignature",
      "--types",
      "node",
      ...files.map((file) => `${file}.ts`),
    );
    expect(tsc.stdout + tsc.stderr).toBe("");
    const hasSqlite = await sqliteLoads();
    for (const [n, { code, output }] of examples.entries()) {
      // The compiled half of better-sqlite3 is made for the Node that installed it.
      if (/sqlite/.test(code) && !hasSqlite) {
        process.stdout.write(
          `not run under Node ${process.version}, for want of SQLite: ${page}, program ${n + 1}\n`,
        );
        continue;
      }
      const { status, stdout, stderr } = run(`example-${n}.js`);
      const shown = matchesOutput(stdout, output) ? output : stdout;
      expect({ code, status, stderr, shown }).toEqual({ code, status: 0, stderr: "", shown: output });
    }
  });
});
