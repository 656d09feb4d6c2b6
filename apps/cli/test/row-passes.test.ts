import { existsSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "@sessionsmith/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./fake-io.ts";
import type { RunResult } from "./fake-io.ts";
import { makeStateDir, storeNow, tickingHost } from "./store-dirs.ts";
import type { StateDir } from "./store-dirs.ts";
import { treeOf } from "./tree-of.ts";
import { agedRow } from "./used-store.ts";

const hourMs = 3_600_000;
const message = '{"type":"message","message":{"role":"user","content":"hi"}}\n';
let state: StateDir;
beforeEach(() => {
  state = makeStateDir();
});
afterEach(() => state.dispose());

const at = (name: string): string => join(state.path, "agents/main/sessions", name);
const keys = (): readonly string[] => Object.keys(JSON.parse(readFileSync(at("sessions.json"), "utf8")));

function run(argv: readonly string[], host: Host = tickingHost(state)): Promise<RunResult> {
  return runCli([...argv, "--state-dir", state.path], { host });
}

async function cleanup(argv: readonly string[], host?: Host): Promise<ReturnType<typeof JSON.parse>> {
  const { status, stdout, stderr } = await run(["cleanup", "--json", ...argv], host);
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Writes a transcript as if two days ago, so that it is not in use. */
function writeTranscript(name: string, content = message): void {
  writeFileSync(at(name), content);
  const seconds = (storeNow - 48 * hourMs) / 1000;
  utimesSync(at(name), seconds, seconds);
}

/** The numbers of a report that a preview and the run have in common. */
function numbers(report: ReturnType<typeof JSON.parse>): object {
  const { beforeCount, afterCount, missing, expired, ghosts, pruned, repaired } = report;
  return { beforeCount, afterCount, missing, expired, ghosts, pruned, repaired };
}

const lease = (expiresAt: number) => ({ pluginExtensions: { sessionsmith: { lease: { expiresAt } } } });

/** A store with one row for every pass. */
function writeStore(): void {
  state.writeStore("main", {
    "agent:main:main": agedRow(0, 1),
    "agent:main:direct:spoken": agedRow(1, 1),
    "agent:main:direct:missing": agedRow(2, 1, { inputTokens: 5, cacheRead: 7, compactionCount: 2 }),
    "agent:main:direct:ghost": agedRow(3, 1),
    "agent:main:direct:stale-pointer": agedRow(4, 1, { sessionFile: "gone.jsonl", odd: 1e2 }),
    "agent:main:direct:lease-over": agedRow(5, 0, lease(storeNow - hourMs)),
    "agent:main:direct:lease-runs": agedRow(6, 1, lease(storeNow + hourMs)),
    "agent:main:cron:job": agedRow(7, 0.1),
    "agent:main:direct:old": agedRow(8, 40),
  });
  for (const n of [0, 1, 4, 5, 6, 7, 8]) writeTranscript(`s${n}.jsonl`);
  writeTranscript("s3.jsonl", '{"type":"session","version":3,"id":"s3"}\n');
  rmSync(at("s2.jsonl"));
}

/** Carries an order out in mode warn, takes it back, and tells what it came to. */
async function doAndUndo(...argv: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
  const before = treeOf(state.path);
  const done = await cleanup(argv);
  const left = keys();
  expect(await run(["undo", done.operationId])).toMatchObject({ status: 0 });
  expect(treeOf(state.path)).toEqual(before);
  return { ...done, left };
}

describe("in mode warn an order by hand does what it says, and nothing else", () => {
  beforeEach(writeStore);

  test("--fix-missing mends a pointer, and takes what has no transcript or no message", async () => {
    const done = await doAndUndo("--fix-missing");
    expect(done).toMatchObject({ missing: 2, repaired: 1, pruned: 0, beforeCount: 9, afterCount: 7 });
    expect(done.left).not.toContain("agent:main:direct:missing");
    expect(done.left).not.toContain("agent:main:direct:ghost");
  });

  test("a mended row loses its pointer, and keeps all else byte for byte", async () => {
    const text = readFileSync(at("sessions.json"), "utf8");
    await cleanup(["--fix-missing", "--kind", "direct,main"]);
    const mended = readFileSync(at("sessions.json"), "utf8");
    expect(text).toMatch(/"sessionFile": "gone.jsonl"/);
    expect(mended).not.toContain("sessionFile");
    expect(mended).toMatch(
      /"agent:main:direct:stale-pointer": \{\s+"sessionId": "s4",\s+"updatedAt": \d+,\s+"odd": 100\s+\}/,
    );
  });

  test("--ghosts leaves a missing transcript to --fix-missing", async () => {
    const done = await doAndUndo("--ghosts");
    expect(done).toMatchObject({ ghosts: 1, missing: 0, repaired: 0, afterCount: 8 });
    expect(done.left).toContain("agent:main:direct:missing");
  });

  test("--expired takes leases that have run out, whatever the age, and none that had not by --before", async () => {
    expect(await doAndUndo("--expired")).toMatchObject({ expired: 1, pruned: 0, afterCount: 8 });
    const before = new Date(storeNow - 2 * hourMs).toISOString();
    expect(await cleanup(["--expired", "--before", before])).toMatchObject({ expired: 0, operationId: null });
  });

  test("--older-than with --kind takes rows of that kind only", async () => {
    const done = await doAndUndo("--older-than", "60m", "--kind", "cron");
    expect(done).toMatchObject({ pruned: 1, afterCount: 8, thresholds: { olderThanMs: hourMs } });
    expect(done.left).not.toContain("agent:main:cron:job");
  });

  test("with --enforce the rest is done too, other kinds by the age of the settings", async () => {
    const done = await doAndUndo("--older-than", "60m", "--kind", "cron", "--expired", "--enforce");
    expect(done).toMatchObject({ pruned: 2, expired: 0, afterCount: 7 });
    const wide = await doAndUndo(
      "--older-than",
      "60m",
      "--kind",
      "cron,hook",
      "--expired",
      "--kind",
      "direct",
      "--enforce",
    );
    expect(wide).toMatchObject({ pruned: 6, expired: 1 });
    expect(wide.left).toEqual(["agent:main:main", "agent:main:direct:lease-runs"]);
  });

  test("C4: what a session used up is in the ledger before its row leaves", async () => {
    await cleanup(["--fix-missing"]);
    const ledger = readFileSync(at(".sessionsmith/ledger.jsonl"), "utf8");
    expect(ledger).toMatch(
      /"key":"agent:main:direct:missing".*"inputTokens":5,"cacheRead":7,"compactionCount":2/,
    );
  });

  test("the text names each count, and a preview says what mode warn leaves undone", async () => {
    const { stdout } = await run(["cleanup", "--dry-run", "--fix-missing", "--expired"]);
    expect(stdout).toContain("\nWould mend fields of sessions that stay: 1\n");
    expect(stdout).toContain("\nWould prune missing transcripts: 2\n");
    expect(stdout).toContain("\nWould prune expired: 1\nWould prune stale: 1\n");
    expect(stdout).toContain("\nIn mode warn only the orders given by hand are carried out;");
  });
});

test("a saved plan of a missing transcript is stale once that is back, and without it is done", async () => {
  writeStore();
  const path = join(state.path, "plan.json");
  await run(["cleanup", "--fix-missing", "--plan-out", path]);
  const before = keys();
  writeTranscript("s2.jsonl");
  for (const flags of [[], ["--unchanged-rows"]]) {
    // oxlint-disable-next-line no-await-in-loop -- one try after the other
    const stale = await run(["apply", path, ...flags]);
    expect(stale).toMatchObject({ status: 13, stdout: "" });
    expect(stale.stderr).toContain("s2.jsonl");
    expect(keys()).toEqual(before);
  }
  rmSync(at("s2.jsonl"));
  expect((await run(["apply", path])).status).toBe(0);
  expect(keys()).not.toContain("agent:main:direct:missing");
});

test("a transcript that is written after it was looked for keeps its row", async () => {
  writeStore();
  const host = tickingHost(state);
  const fs = {
    ...host.fs,
    lstat: (path: string) => {
      const fact = host.fs.lstat(path);
      if (path === at("s2.jsonl") && fact === undefined) writeTranscript("s2.jsonl");
      return fact;
    },
  };
  const done = await cleanup(["--fix-missing"], { ...host, fs });
  expect(done).toMatchObject({ missing: 1, repaired: 1 });
  expect(keys()).toContain("agent:main:direct:missing");
});

describe("what OpenClaw's passes over rows lose", () => {
  test.each(["EIO", "EACCES", "EMFILE"])(
    "P2, P4: %s on a transcript says nothing of its row",
    async (errno) => {
      writeStore();
      const host = tickingHost(state);
      const refuse = (path: string): void => {
        if (/s[1-8]\.jsonl$/.test(path))
          throw Object.assign(new Error(`${errno}: injected`), { code: errno });
      };
      const fs = {
        ...host.fs,
        lstat: (path: string) => (refuse(path), host.fs.lstat(path)),
        withFile: ((path, use) => (
          refuse(path),
          host.fs.withFile(path, use)
        )) satisfies Host["fs"]["withFile"],
      };
      const { missing, ghosts } = await cleanup(["--dry-run", "--fix-missing", "--ghosts"], { ...host, fs });
      expect({ missing, ghosts }).toEqual({ missing: 0, ghosts: 0 });
    },
  );

  test.each([["--fix-missing"], ["--ghosts"]])(
    "P7: %s leaves a transcript that another row uses",
    async (order) => {
      state.writeStore("main", {
        "agent:main:direct:a": agedRow(1, 1),
        "agent:main:whatsapp:group:b": agedRow(1, 1),
      });
      expect(await cleanup([order])).toMatchObject({ beforeCount: 2, afterCount: 1 });
      expect(keys()).toEqual(["agent:main:whatsapp:group:b"]);
      expect(existsSync(at("s1.jsonl"))).toBe(true);
    },
  );

  test("P8: a transcript that is a link stays with its row and its target", async () => {
    state.writeStore("main", { "agent:main:direct:a": agedRow(1, 1), "agent:main:direct:b": agedRow(2, 1) });
    writeTranscript("s2.jsonl");
    rmSync(at("s1.jsonl"));
    symlinkSync("s2.jsonl", at("s1.jsonl"));
    const before = treeOf(state.path);
    await cleanup(["--fix-missing", "--ghosts", "--preset", "openclaw-2026.5"]);
    expect(treeOf(state.path)).toEqual(before);
  });

  test.each(["sessions.json", "..", ".", "/", "x/../../y.jsonl"])(
    "P9, P13: a sessionFile %j moves nothing, inside or out",
    async (sessionFile) => {
      state.writeStore("main", { "agent:main:direct:a": agedRow(1, 1, { sessionFile }) });
      rmSync(at("s1.jsonl"));
      writeFileSync(join(state.path, "agents/main/y.jsonl"), "");
      const outside = treeOf(join(state.path, "agents/main"));
      await cleanup(["--fix-missing", "--ghosts", "--preset", "openclaw-2026.5"]);
      expect(treeOf(join(state.path, "agents/main"))).toEqual(outside);
    },
  );

  test("P11: a row that is not understood is counted, and stays", async () => {
    state.write(
      "agents/main/sessions/sessions.json",
      '{"a": [], "b": null, "c": {"sessionId": "s"}, "c": {}}',
    );
    const argv = ["--fix-missing", "--ghosts", "--expired", "--preset", "openclaw-2026.5"];
    expect(await cleanup(argv)).toMatchObject({ beforeCount: 3, afterCount: 3, operationId: null });
  });

  test("P17, 3.2: protected rows that fill the cap do not push out a session of a moment ago", async () => {
    state.write("openclaw.json", "{ session: { maintenance: { maxEntries: 1 } } }");
    state.writeStore("main", {
      "agent:main:whatsapp:group:a": agedRow(1, 9),
      "agent:main:whatsapp:group:b": agedRow(2, 9),
      "agent:main:direct:now": agedRow(3, 0),
    });
    expect(await cleanup(["--enforce"])).toMatchObject({ capped: 0, afterCount: 3 });
    const wide = await cleanup(["--dry-run", "--preset", "openclaw-2026.5"]);
    expect(wide).toMatchObject({ capped: 1, afterCount: 2 });
  });

  test("P18: by an odd clock no order takes anything without a confirmation", async () => {
    writeStore();
    const host = { ...tickingHost(state), clock: { now: () => storeNow + 46 * 24 * hourMs } };
    for (const order of ["--fix-missing", "--ghosts", "--expired"]) {
      // oxlint-disable-next-line no-await-in-loop -- one order after the other
      expect(await run(["cleanup", order], host)).toMatchObject({ status: 15, stdout: "" });
    }
  });

  test("P20: a preview and the run count the same, from the same base", async () => {
    writeStore();
    const argv = ["--fix-missing", "--ghosts", "--expired"];
    const preview = numbers(await cleanup([...argv, "--dry-run"]));
    expect(preview).toMatchObject({ beforeCount: 9, missing: 2, expired: 1, pruned: 1, afterCount: 5 });
    expect(numbers(await cleanup([...argv, "--enforce"]))).toEqual(preview);
  });
});
