import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, onTestFinished, test } from "vitest";
import { repoRoot } from "./repo-root.ts";

const published = [
  "packages/core",
  "packages/maintenance",
  "packages/migrate",
  "packages/sessions",
  "packages/store-sqlite",
  "apps/cli",
];

const consumer = `
import { scanIndex, type IndexScan } from "@sessionsmith/core";
import { inspectEntry, type SessionEntry } from "@sessionsmith/core/entry";
import { compactTranscript, isStoreError, openSessionStore, type SessionStore } from "@sessionsmith/core/store";
import { resolveCleanupPolicy } from "@sessionsmith/maintenance";
import { listSessions } from "@sessionsmith/sessions";
import { openSqliteStore } from "@sessionsmith/store-sqlite";

const scan: IndexScan = scanIndex(Buffer.from('{"agent:main:main":{"sessionId":"a"}}'));
const entry: SessionEntry = { sessionId: "a", updatedAt: 1_790_000_000_000 };
const { findings } = inspectEntry(entry, { key: "agent:main:main" });
if (!scan.readable) throw new Error(scan.failure.problem);

const store: SessionStore = await openSessionStore("bot/sessions", { create: true });
await store.update((sessions) => sessions.set("agent:main:main", { sessionId: "a" }));
for (const n of [1, 2, 3]) await store.append("a", { type: "custom", n });
const { removedLines } = await compactTranscript({ storePath: store.path, sessionId: "a" }, { keepLines: 1 });
const stored = [...(await store.load())];
await store.close();
// better-sqlite3 is optional, and not installed here.
const sqlite = await openSqliteStore({ dbPath: "bot.db", create: true }).then(
  () => "opened",
  (error: unknown) => (isStoreError(error) ? error.code : String(error)),
);
console.log(JSON.stringify({ sqlite, stored, removedLines, keys: scan.document.rows.map((row) => row.key), findings: findings.length, doors: [typeof resolveCleanupPolicy, typeof listSessions] }));
`;

test("the packed packages work from a project outside the workspace, types included", () => {
  const temp = makeTempDir();
  onTestFinished(() => temp.dispose());
  const modules = join(temp.path, "node_modules");
  for (const dir of published) install(join(repoRoot, dir), modules);
  link(join(repoRoot, "node_modules/@types/node"), join(modules, "@types/node"));
  writeFileSync(join(temp.path, "package.json"), '{"type":"module"}');
  writeFileSync(join(temp.path, "consumer.ts"), consumer);

  const tsc = join(repoRoot, "node_modules/typescript/bin/tsc");
  const options = [
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--strict",
    "--types",
    "node",
    "--exactOptionalPropertyTypes",
  ];
  execFileSync(process.execPath, [tsc, ...options, "consumer.ts"], {
    cwd: temp.path,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const printed: unknown = JSON.parse(
    execFileSync(process.execPath, ["consumer.js"], { cwd: temp.path, encoding: "utf8" }),
  );
  expect(printed).toEqual({
    sqlite: "E_SQLITE_UNAVAILABLE",
    stored: [["agent:main:main", { sessionId: "a" }]],
    removedLines: 2,
    keys: ["agent:main:main"],
    findings: 0,
    doors: ["function", "function"],
  });

  const bin = join(modules, "sessionsmith/dist/bin.js");
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(repoRoot, "apps/cli/package.json"), "utf8"),
  );
  expect(execFileSync(process.execPath, [bin, "--version"], { encoding: "utf8" })).toBe(`${version}\n`);
  const told = execFileSync(process.execPath, [bin, "version", "--json"], { encoding: "utf8" });
  expect(JSON.parse(told)).toMatchObject({
    version,
    packages: { "@sessionsmith/core": expect.any(String) },
  });
});

/** Puts what `npm pack` would publish where an install would, and links what it depends on from the workspace. */
function install(packageDir: string, modules: string): void {
  const packed: readonly { readonly name: string; readonly files: readonly { readonly path: string }[] }[] =
    JSON.parse(
      execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
        cwd: packageDir,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );
  for (const { name, files } of packed) {
    for (const { path } of files) {
      const target = join(modules, name, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, readFileSync(join(packageDir, path)));
    }
  }
  const manifest: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(packageDir, "package.json"), "utf8"),
  );
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (!name.startsWith("@sessionsmith/"))
      link(realpathSync(join(packageDir, "node_modules", name)), join(modules, name));
  }
}

function link(target: string, path: string): void {
  // Several packages may depend on the same one.
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
