import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, onTestFinished, test } from "vitest";
import { repoRoot } from "./repo-root.ts";

const forbidden: readonly (readonly [why: string, file: string, code: string])[] = [
  [
    "a floor imports the one above",
    "packages/core/src/keys/a.ts",
    'import { x } from "../layout/x.ts";\nexport const a = x;',
  ],
  [
    "plan imports the engine",
    "packages/core/src/plan/a.ts",
    'import { x } from "../engine/x.ts";\nexport const a = x;',
  ],
  [
    "the floor below all imports a floor",
    "packages/core/src/findings/a.ts",
    'import { x } from "../disk/x.ts";\nexport const a = x;',
  ],
  [
    "the engine touches the disk",
    "packages/core/src/engine/a.ts",
    'import { rmSync } from "node:fs";\nexport const a = rmSync;',
  ],
  [
    "core imports a planner",
    "packages/core/src/plan/b.ts",
    'import { x } from "@sessionsmith/maintenance";\nexport const a = x;',
  ],
  [
    "a planner imports the engine",
    "packages/maintenance/src/a.ts",
    'import { x } from "@sessionsmith/core/engine";\nexport const a = x;',
  ],
  [
    "a planner touches the disk",
    "packages/maintenance/src/b.ts",
    'import { rmSync } from "node:fs";\nexport const a = rmSync;',
  ],
  [
    "sessions imports the test kit",
    "packages/sessions/src/a.ts",
    'import { x } from "@sessionsmith/testkit";\nexport const a = x;',
  ],
  [
    "the SQLite store imports sessions",
    "packages/store-sqlite/src/a.ts",
    'import { x } from "@sessionsmith/sessions";\nexport const a = x;',
  ],
  [
    "the SQLite store touches the disk",
    "packages/store-sqlite/src/b.ts",
    'import { rmSync } from "node:fs";\nexport const a = rmSync;',
  ],
  [
    "the cli touches the disk",
    "apps/cli/src/a.ts",
    'import { rmSync } from "node:fs/promises";\nexport const a = rmSync;',
  ],
  [
    "the cli opens a connection",
    "apps/cli/src/b.ts",
    'import { get } from "node:https";\nexport const a = get;',
  ],
  [
    "sessions starts a process",
    "packages/sessions/src/b.ts",
    'import { spawn } from "node:child_process";\nexport const a = spawn;',
  ],
  [
    "a deep import",
    "apps/cli/src/c.ts",
    'import { x } from "@sessionsmith/core/src/keys/x.ts";\nexport const a = x;',
  ],
  ["a planner reads the clock", "packages/maintenance/src/c.ts", "export const a = Date.now();"],
  ["core reads the environment", "packages/core/src/keys/b.ts", "export const a = process.env;"],
  ["core prints", "packages/core/src/keys/c.ts", 'export const a = () => console.log("x");'],
  ["a default export", "packages/core/src/keys/d.ts", "export default 1;"],
  ["a cast", "packages/core/src/keys/e.ts", "export const a = (b: unknown) => b as string;"],
];

const allowed: readonly (readonly [why: string, file: string, code: string])[] = [
  [
    "disk touches the disk",
    "packages/core/src/disk/ok.ts",
    'import { rmSync } from "node:fs";\nexport const a = rmSync;',
  ],
  [
    "a floor imports one below",
    "packages/core/src/layout/ok.ts",
    'import { x } from "../keys/x.ts";\nexport const a = x;',
  ],
  [
    "a planner imports core",
    "packages/maintenance/src/ok.ts",
    'import { x } from "@sessionsmith/core";\nexport const a = x;',
  ],
  [
    "sessions imports maintenance",
    "packages/sessions/src/ok.ts",
    'import { x } from "@sessionsmith/maintenance";\nexport const a = x;',
  ],
];

test("the walls of the house are lint errors", () => {
  const temp = makeTempDir();
  onTestFinished(() => temp.dispose());
  copyFileSync(join(repoRoot, ".oxlintrc.json"), join(temp.path, ".oxlintrc.json"));
  for (const [, file, code] of [...allowed, ...forbidden]) write(join(temp.path, file), code);

  const oxlint = join(repoRoot, "node_modules/oxlint/bin/oxlint");
  const { stdout } = spawnSync(process.execPath, [oxlint, "--format=json"], {
    cwd: temp.path,
    encoding: "utf8",
  });
  const { diagnostics }: { diagnostics: readonly { readonly filename: string }[] } = JSON.parse(stdout);
  const failing = new Set(diagnostics.map(({ filename }) => filename));

  expect(forbidden.filter(([, file]) => !failing.has(file)).map(([why]) => why)).toEqual([]);
  expect(allowed.filter(([, file]) => failing.has(file)).map(([why]) => why)).toEqual([]);
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
}
