import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { fixturesDir, materializeCase } from "@sessionsmith/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { featuresOf } from "./features.ts";
import { repoRoot } from "./repo-root.ts";

const features = featuresOf(readFileSync(join(repoRoot, "README.md"), "utf8"));
const data =
  '{"type": "session", "id": "dd41847d3933", "user": "anonymous", "status": "active", "ttl": 3600, "meta": {}, ' +
  '"created_at": "2026-11-20T08:11:41.347683Z", "last_access": "2026-11-20T08:11:41.347683Z", "expires_at": "2026-11-20T09:11:41.347683Z"}\n';

let home: string;
let dispose: () => void;
beforeAll(() => {
  const copy = materializeCase("openclaw-2026.5.28-one-agent", Date.now());
  ({ dispose } = copy);
  home = dirname(copy.stateDir);
  mkdirSync(join(home, ".session"));
  writeFileSync(join(home, ".session/data.jsonl"), data);
  cpSync(join(fixturesDir, "legacy/openclaw-python-ws1/before"), join(home, "workspace"), {
    recursive: true,
  });
});
afterAll(() => dispose());

/** Runs a command line of the table in the home directory of a recorded store. */
function run(line: string) {
  const [, ...args] = line.split(" ");
  const bin = join(repoRoot, "apps/cli/dist/bin.js");
  const env = { PATH: process.env["PATH"], HOME: home, OPENCLAW_GATEWAY_PORT: "9" };
  return spawnSync(process.execPath, [bin, ...args], { cwd: home, encoding: "utf8", env });
}

test("the five tools are there", () => {
  expect(new Set(features.map(({ tool }) => tool)).size).toBe(5);
});

const commands = features.flatMap(({ tool, feature, here }) =>
  "line" in here ? [{ tool, feature, ...here }] : [],
);
const functions = features.flatMap(({ tool, feature, here }) =>
  "door" in here ? [{ tool, feature, ...here }] : [],
);

// One row after the other: some need what those before them made.
test.each(commands)("$tool: $feature: $line", ({ line }) => {
  const { status, stdout, stderr } = run(line);
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).not.toBe("");
});

test.each(functions)("$tool: $feature: $name of $door", async ({ name, door }) => {
  const [scope, place = "", ...rest] = door.split("/");
  const file = join(repoRoot, "packages", place, "dist", `${rest.join("/") || "index"}.js`);
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  expect(scope).toBe("@sessionsmith");
  expect(["function", "object"]).toContain(typeof exported[name]);
});
