import { linkSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "@sessionsmith/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./fake-io.ts";
import type { RunResult } from "./fake-io.ts";
import { makeStateDir, storeNow, tickingHost } from "./store-dirs.ts";
import type { StateDir } from "./store-dirs.ts";
import { treeOf } from "./tree-of.ts";
import { agedRow } from "./used-store.ts";

// What programs that clean up sessions got wrong, one rule after the other, where maintenance can hold it. Rule 8 (what was
// migrated is verified by its records) is in packages/migrate/test, rule 18 (large inputs) in core's scan-index.large.test.ts and in
// the benchmarks of apps/lab; rules 14 (redaction) and 16 (rewriting of paths) are about other commands.

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const header = '{"type":"session","version":3,"id":"s","timestamp":"2026-01-01T00:00:00.000Z","cwd":"/w"}\n';
const spoken = `${header}{"type":"message","message":{"role":"user","content":"hi"}}\n`;
const stale = "agent:main:direct:stale";
const fresh = "agent:main:direct:fresh";
let state: StateDir;
beforeEach(() => {
  state = makeStateDir();
});
afterEach(() => state.dispose());

const at = (name: string): string => join(state.path, "agents/main/sessions", name);
const keys = (): readonly string[] => Object.keys(JSON.parse(readFileSync(at("sessions.json"), "utf8")));
const isThere = (name: string): boolean => treeOf(join(state.path, "agents/main/sessions")).has(name);

function cleanup(argv: readonly string[], host: Host = tickingHost(state)): Promise<RunResult> {
  return runCli(["cleanup", "--state-dir", state.path, ...argv], { host });
}

/** Writes a file of the sessions directory of agent main, last written so many days ago. */
function put(name: string, content: string, ageDays = 40): void {
  state.write(`agents/main/sessions/${name}`, content);
  const seconds = (storeNow - ageDays * dayMs) / 1000;
  utimesSync(at(name), seconds, seconds);
}

/** A store of one stale and one fresh session whose transcripts say something. */
function writeUsualStore(more: Readonly<Record<string, object>> = {}): void {
  state.writeStore("main", { [stale]: agedRow(1, 40), [fresh]: agedRow(2, 1), ...more });
  put("s1.jsonl", `${spoken}"one"\n`);
  put("s2.jsonl", `${spoken}"two"\n`, 1);
}

/** Contents of all files of the sessions directory but the index, those in the trash among them. */
function contents(): readonly string[] {
  const entries = readdirSync(at(""), { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && !/^(?:sessions\.json|index\.before)$/.test(entry.name),
  );
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
}

test("rule 1: what can't be parsed is not empty", async () => {
  writeUsualStore();
  writeFileSync(at("sessions.json"), "{");
  const before = treeOf(state.path);
  expect((await cleanup(["--enforce", "--allow-mass", "--allow-orphans", "--fix-missing"])).status).toBe(12);
  expect(treeOf(state.path)).toEqual(before);
});

test("rule 2: a transcript that can't be looked at is not missing", async () => {
  writeUsualStore({ "agent:main:direct:unknown": agedRow(3, 2) });
  const host = tickingHost(state);
  const failing: Host = {
    ...host,
    fs: {
      ...host.fs,
      lstat: (path) => {
        if (path.endsWith("s3.jsonl")) throw Object.assign(new Error("EIO"), { code: "EIO" });
        return host.fs.lstat(path);
      },
    },
  };
  await cleanup(["--enforce", "--fix-missing"], failing);
  expect(keys()).toContain("agent:main:direct:unknown");
});

test("rule 3: whatever leaves is moved, and nothing is deleted", async () => {
  writeUsualStore({ "agent:main:direct:gone": agedRow(9, 2) });
  put("s1.trajectory.jsonl", "steps\n");
  put("orphan.jsonl", `${spoken}"nobody's"\n`);
  put("old.jsonl.deleted.2026-01-01T00-00-00.000Z", "an archive\n");
  put("s9.jsonl", header);
  const before = contents();
  await cleanup(["--enforce", "--fix-missing", "--ghosts", "--allow-mass"]);
  expect(keys()).toEqual([fresh]);
  for (const name of ["s1.jsonl", "s1.trajectory.jsonl", "orphan.jsonl"]) expect(isThere(name)).toBe(false);
  expect(contents()).toEqual(expect.arrayContaining([...before]));
});

describe("rule 4: what anything references stays", () => {
  const other = "agent:main:direct:other";
  test.each<[string, () => void]>([
    ["the id of another row", () => writeUsualStore({ [other]: { ...agedRow(1, 1) } })],
    [
      "the sessionFile of another row",
      () => writeUsualStore({ [other]: agedRow(3, 1, { sessionFile: "s1.jsonl" }) }),
    ],
    [
      "a checkpoint",
      () => writeUsualStore({ [other]: agedRow(3, 1, { compactionCheckpoints: [{ sessionId: "s1" }] }) }),
    ],
    ["a usage family", () => writeUsualStore({ [other]: agedRow(3, 1, { usageFamilySessionIds: ["s1"] }) })],
    [
      "another index of the directory",
      () => {
        writeUsualStore();
        put("work.json", JSON.stringify({ [other]: { sessionId: "s1" } }));
      },
    ],
    [
      "the index of another agent",
      () => {
        writeUsualStore();
        state.writeStore("work", { "agent:work:main": agedRow(3, 1, { sessionFile: at("s1.jsonl") }) });
      },
    ],
    [
      "a transcript that was forked from it",
      () => {
        writeUsualStore();
        put("s2.jsonl", spoken.replace('"cwd"', '"parentSession":"s1.jsonl","cwd"'), 1);
      },
    ],
    [
      "a second name",
      () => {
        writeUsualStore();
        mkdirSync(join(state.path, "kept"));
        linkSync(at("s1.jsonl"), join(state.path, "kept/copy.jsonl"));
      },
    ],
    [
      "a lock",
      () => {
        writeUsualStore();
        put(
          "s1.jsonl.lock",
          JSON.stringify({ pid: process.pid, createdAt: new Date(storeNow).toISOString() }),
          0,
        );
      },
    ],
  ])("%s", async (_, write) => {
    write();
    await cleanup(["--enforce", "--while-running"]);
    expect(isThere("s1.jsonl")).toBe(true);
  });

  test("and nothing else holds it", async () => {
    writeUsualStore();
    await cleanup(["--enforce"]);
    expect(isThere("s1.jsonl")).toBe(false);
  });
});

describe("rule 5: what is young or in use stays", () => {
  test.each<[string, object]>([
    ["a row that was just made, without a transcript", agedRow(3, 0.5 / 24)],
    ["a row that runs", agedRow(3, 0.5, { status: "running" })],
  ])("%s", async (_, row) => {
    writeUsualStore();
    const rows = { ...JSON.parse(readFileSync(at("sessions.json"), "utf8")), "agent:main:direct:now": row };
    writeFileSync(at("sessions.json"), JSON.stringify(rows));
    await cleanup(["--enforce", "--fix-missing", "--ghosts"]);
    expect(keys()).toContain("agent:main:direct:now");
  });

  test("a file that nothing references, whatever the disk budget", async () => {
    writeUsualStore();
    put("orphan.jsonl", spoken, 0.5 / 24);
    state.write("openclaw.json", '{ "session": { "maintenance": { "maxDiskBytes": 1 } } }');
    await cleanup(["--enforce", "--allow-mass", "--allow-orphans"]);
    expect(isThere("orphan.jsonl")).toBe(true);
  });
});

test("rule 6: a pointer is mended before the row is judged", async () => {
  writeUsualStore({ "agent:main:direct:moved": agedRow(3, 2, { sessionFile: "elsewhere.jsonl" }) });
  put("s3.jsonl", spoken, 2);
  await cleanup(["--enforce", "--fix-missing"]);
  expect(JSON.parse(readFileSync(at("sessions.json"), "utf8"))["agent:main:direct:moved"]).toEqual(
    agedRow(3, 2),
  );
});

test("rule 7: an odd row stops nothing, and every row gets its reasons", async () => {
  writeUsualStore();
  const rows = readFileSync(at("sessions.json"), "utf8").replace(
    "{",
    '{ "odd": 7, "worse": {"sessionId": 1e400},',
  );
  writeFileSync(at("sessions.json"), rows);
  const { stdout } = await cleanup(["--enforce", "--json", "--details"]);
  const { decisions } = JSON.parse(stdout);
  const fates = decisions.map(({ key, action, reasons }: Record<string, unknown>) => [key, action, reasons]);
  expect(fates).toEqual([
    ["odd", "keep", ["row-not-understood"]],
    ["worse", "keep", ["row-not-understood"]],
    [stale, "prune-stale", ["older-than-prune-after"]],
    [fresh, "keep", ["within-prune-after"]],
  ]);
});

describe("rule 9: a cap counts what may leave, and is never zero", () => {
  test("protected rows take nobody's place", async () => {
    const groups = Array.from({ length: 30 }, (_, n) => [
      `agent:main:telegram:group:${n}`,
      agedRow(n + 10, 2),
    ]);
    state.write("openclaw.json", '{ "session": { "maintenance": { "maxEntries": 1 } } }');
    writeUsualStore(Object.fromEntries(groups));
    await cleanup(["--enforce"]);
    expect(keys()).toHaveLength(31);
    expect(keys()).toContain(fresh);
  });

  test.each([
    '"maxEntries": 0',
    '"maxDiskBytes": 0',
    '"pruneAfter": "1Y"',
    '"pruneAfter": 0',
    '"pruneAfter": "-3d"',
  ])("%s is refused", async (limit) => {
    state.write("openclaw.json", `{ "session": { "maintenance": { ${limit} } } }`);
    writeUsualStore();
    const before = treeOf(state.path);
    expect((await cleanup(["--enforce"])).status).toBe(2);
    expect(treeOf(state.path)).toEqual(before);
  });
});

test("rule 10: a preview and the run have one plan", async () => {
  writeUsualStore({ "agent:main:cron:job": agedRow(3, 60) });
  const [preview, run] = [["--dry-run"], ["--enforce"]].map((how) =>
    cleanup([...how, "--json", "--details"]),
  );
  const [planned, done] = [JSON.parse((await preview)?.stdout ?? ""), JSON.parse((await run)?.stdout ?? "")];
  expect(done.digest).toBe(planned.digest);
  expect(planned.beforeCount - planned.pruned).toBe(planned.afterCount);
  expect(done.appliedCount).toBe(keys().length);
});

test("rule 11: beside a running gateway nothing is changed, and the hint says how to go on", async () => {
  writeUsualStore();
  const before = treeOf(state.path);
  const argv = ["cleanup", "--enforce", "--state-dir", state.path];
  const refused = await runCli(argv, { host: tickingHost(state), probePort: async () => true });
  expect(refused).toMatchObject({
    status: 11,
    stdout: "",
    stderr: expect.stringContaining("--while-running"),
  });
  expect(treeOf(state.path)).toEqual(before);
});

test("rule 13: a setting that is not known removes nothing", async () => {
  state.write("openclaw.json", '{ "session": { "maintenance": { "pruneAftr": "90d" } } }');
  writeUsualStore();
  const before = treeOf(state.path);
  expect((await cleanup(["--enforce"])).status).toBe(2);
  expect(treeOf(state.path)).toEqual(before);
});

test("rule 15: what a session used up is written down before it leaves", async () => {
  writeUsualStore({ "agent:main:direct:used": agedRow(3, 50, { totalTokens: 77, estimatedCostUsd: 0.5 }) });
  await cleanup(["--enforce"]);
  const lines = readFileSync(at(".sessionsmith/ledger.jsonl"), "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      type: "ended",
      key: "agent:main:direct:used",
      totalTokens: 77,
      estimatedCostUsd: 0.5,
    }),
  );
});

test("rule 17: a session is meant by its whole key and its whole id", async () => {
  writeUsualStore({ "agent:main:direct:stale2": agedRow(12, 40), "agent:main:direct:x": agedRow(10, 1) });
  put("s10.jsonl", spoken, 1);
  put("s12.jsonl", spoken);
  await cleanup(["--enforce", "--allow-mass", "--active-key", stale]);
  expect(keys()).toEqual([stale, fresh, "agent:main:direct:x"]);
  expect(["s1.jsonl", "s10.jsonl", "s12.jsonl"].map(isThere)).toEqual([true, true, false]);
});
