import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { materializeCase } from "@sessionsmith/testkit";
import { makeStateDir, storeNow } from "./store-dirs.ts";

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const recorder = new URL("record-imports.mjs", import.meta.url).href;
const store = materializeCase("openclaw-2026.5.28-one-agent");
const large = makeStateDir();
large.write(
  "agents/main/sessions/sessions.json",
  JSON.stringify(
    Object.fromEntries(
      Array.from({ length: 5000 }, (_, n) => [
        `agent:main:x:direct:${n}`,
        { sessionId: `s${n}`, updatedAt: storeNow - n },
      ]),
    ),
  ),
);
afterAll(() => {
  store.dispose();
  large.dispose();
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Closes the pipe after the first bytes, as `head` does. */
  readonly closeEarly?: boolean;
}

/** Runs the built command in a process of its own, with an environment of its own. */
function sessionsmith(
  argv: readonly string[],
  { nodeArgs = [], env = {}, closeEarly = false }: Setting = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, bin, ...argv], { env: { HOME: large.path, ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (closeEarly) child.stdout.destroy();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

async function importedBy(...argv: readonly string[]): Promise<readonly string[]> {
  const record = join(large.path, `imports-${argv.join("")}.txt`);
  const nodeArgs = ["--import", recorder];
  const { status } = await sessionsmith(argv, {
    nodeArgs,
    env: { RECORD_IMPORTS: record, OPENCLAW_STATE_DIR: large.path },
  });
  expect(status).toBe(0);
  return readFileSync(record, "utf8").trimEnd().split("\n");
}

/** A name in the code of each package, by which it is known in a bundle. */
const marks = {
  commander: "CommanderError",
  core: "function scanIndex(",
  sessions: "function selectSessions(",
  maintenance: "function planCleanup(",
  "proper-lockfile": "lockSync",
  "csv-stringify": "CsvError",
  zod: "ZodError",
} as const;

/** The packages whose code is in the modules that were loaded. */
function packagesIn(urls: readonly string[]): readonly string[] {
  const files = urls.filter((url) => url.startsWith("file:"));
  const code = files.map((url) => readFileSync(new URL(url), "utf8")).join("\n");
  return Object.entries(marks).flatMap(([name, mark]) => (code.includes(mark) ? [name] : []));
}

describe("the built command", () => {
  test("lists a store that the environment points at", async () => {
    const argv = ["--json", "--now", String(store.now)];
    const { status, stdout, stderr } = await sessionsmith(argv, {
      env: { OPENCLAW_STATE_DIR: store.stateDir },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ path: store.indexPath(), count: 34, hasMore: false });
  });

  test.skipIf(!existsSync("/dev/full"))("says that its answer could not be written, without a stack", () => {
    const full = openSync("/dev/full", "w");
    const argv = [bin, "list", "--store", store.indexPath(), "--json"];
    const { status, stderr } = spawnSync(process.execPath, argv, {
      env: { HOME: large.path },
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^sessionsmith: standard output can't be written \(ENOSPC\), .*\n.*operations.*\n$/,
    );
  });

  test("previews a cleanup and leaves the index as it is", async () => {
    const before = readFileSync(store.indexPath());
    const argv = ["cleanup", "--store", store.indexPath(), "--json", "--quiet", "--now", String(store.now)];
    const { status, stdout } = await sessionsmith(argv);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ beforeCount: 34, afterCount: 27, pruned: 7 });
    expect(readFileSync(store.indexPath())).toEqual(before);
  });

  test("an error sets the exit status and leaves stdout empty", async () => {
    const { status, stdout, stderr } = await sessionsmith([
      "list",
      "--state-dir",
      join(large.path, "nowhere"),
    ]);
    expect({ status, stdout }).toEqual({ status: 10, stdout: "" });
    expect(stderr).toMatch(/^sessionsmith: There is no session store at /);
  });

  test("a mistyped command", async () => {
    expect(await sessionsmith(["clenup"])).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'sessionsmith: unknown command "clenup"\nDid you mean cleanup?\nUsage: sessionsmith [command] [options]\n',
    });
  });

  test("a long output arrives whole", async () => {
    const { status, stdout } = await sessionsmith([
      "list",
      "--limit",
      "all",
      "--json",
      "--state-dir",
      large.path,
    ]);
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(stdout).sessions).toHaveLength(5000);
  });

  test("a reader that goes away early is no error", async () => {
    const argv = ["list", "--limit", "all", "--json", "--state-dir", large.path];
    const { status, stdout, stderr } = await sessionsmith(argv, { closeEarly: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.length).toBeLessThan(1_000_000);
  });
});

describe("start-up loads only what is needed", () => {
  test("help: commander, and no package of the product", async () => {
    expect(packagesIn(await importedBy("--help"))).toEqual(["commander"]);
  });

  test("list: no zod, no CSV, no lock, no maintenance", async () => {
    expect(packagesIn(await importedBy("list"))).toEqual(["commander", "core", "sessions"]);
  });

  test("an order on a session: no zod, which a method of the registry needs", async () => {
    expect(packagesIn(await importedBy("create", "--dry-run"))).not.toContain("zod");
    expect(packagesIn(await importedBy("call", "sessions.list"))).toContain("zod");
  });

  test("CSV and maintenance are known by their marks where they are loaded", async () => {
    expect(packagesIn(await importedBy("list", "--csv"))).toContain("csv-stringify");
    expect(packagesIn(await importedBy("cleanup"))).toEqual(
      expect.arrayContaining(["maintenance", "proper-lockfile"]),
    );
  });
});
