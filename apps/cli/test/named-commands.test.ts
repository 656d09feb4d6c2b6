import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commandTable } from "../src/command-table.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folders = [
  "packages/core/src",
  "packages/maintenance/src",
  "packages/migrate/src",
  "packages/sessions/src",
  "apps/cli/src",
  "docs",
];

test("a command that a message or a document names is there", () => {
  const known = new Set([...commandTable.map(({ name }) => name), "help"]);
  const files = ["README.md", ...folders.flatMap(textsIn)];
  const named = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/`sessionsmith ([a-z][a-z-]*)/gu)].map(
      ([, command = ""]) => ({ file, command }),
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ command }) => !known.has(command))).toEqual([]);
});

function textsIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|md)$/u.test(name))
    .map((name) => join(folder, name));
}
