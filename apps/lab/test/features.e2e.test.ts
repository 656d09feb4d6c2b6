import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { fixturesDir, materializeCase } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { featuresOf } from "./features.ts";
import { repoRoot } from "./repo-root.ts";

const features = featuresOf(readFileSync(join(repoRoot, "README.md"), "utf8"));
const tools = [...new Set(features.map(({ tool }) => tool))];
const data =
  '{"type": "session", "id": "dd41847d3933", "user": "anonymous", "status": "active", "ttl": 3600, "meta": {}, ' +
  '"created_at": "2026-11-20T08:11:41.347683Z", "last_access": "2026-11-20T08:11:41.347683Z", "expires_at": "2026-11-20T09:11:41.347683Z"}\n';

/** A home directory with a recorded store, and what other tools leave. */
function makeHome() {
  const { stateDir, dispose } = materializeCase("openclaw-2026.5.28-one-agent", Date.now());
  const home = dirname(stateDir);
  mkdirSync(join(home, ".session"));
  writeFileSync(join(home, ".session/data.jsonl"), data);
  cpSync(join(fixturesDir, "legacy/openclaw-python-ws1/before"), join(home, "workspace"), {
    recursive: true,
  });
  return { home, dispose };
}

/** Runs a command line of the table, and tells what it printed, or how it failed. */
function run(line: string, home: string): Promise<string> {
  const [, ...args] = line.split(" ");
  const bin = join(repoRoot, "apps/cli/dist/bin.js");
  const env = { PATH: process.env["PATH"], HOME: home, OPENCLAW_GATEWAY_PORT: "9" };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: home, env });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    child.on("error", reject);
    child.on("close", (status) =>
      resolve(status === 0 && stdout !== "" ? "done" : `exit ${status}: ${stderr}`),
    );
  });
}

test("the five tools are there", () => {
  expect(tools).toHaveLength(5);
});

test.concurrent.each(tools)("%s: every command of the table does what it says", async (tool) => {
  const { home, dispose } = makeHome();
  const lines = features.flatMap((one) => ("line" in one.here && one.tool === tool ? [one.here.line] : []));
  const ends: string[] = [];
  try {
    // Some lines need what those before them made.
    // oxlint-disable-next-line no-await-in-loop -- one line after the other
    for (const line of lines) ends.push(`${line}: ${await run(line, home)}`);
  } finally {
    dispose();
  }
  expect(ends).toEqual(lines.map((line) => `${line}: done`));
});

const functions = features.flatMap(({ feature, here }) => ("door" in here ? [{ feature, ...here }] : []));

test.each(functions)("$feature is $name of $door", async ({ name, door }) => {
  const [scope, place = "", ...rest] = door.split("/");
  const file = join(repoRoot, "packages", place, "dist", `${rest.join("/") || "index"}.js`);
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  expect(scope).toBe("@sessionsmith");
  expect(["function", "object"]).toContain(typeof exported[name]);
});
