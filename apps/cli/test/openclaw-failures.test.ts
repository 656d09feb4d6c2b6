import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Host } from "@sessionsmith/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./fake-io.ts";
import type { RunResult } from "./fake-io.ts";
import { makeStateDir, storeNow, tickingHost } from "./store-dirs.ts";
import type { StateDir } from "./store-dirs.ts";
import { treeOf } from "./tree-of.ts";
import { agedRow } from "./used-store.ts";

// What OpenClaw 2026.5.28 loses when its own cleanup runs on such a store, one failure after the other. P3 (an index above 512 MiB),
// P5, P6 (crashes) and P16 (two writers) need more than one run: they are in core's scan-index.large.test.ts, in the crash matrix
// and kill tests, and in the races of apps/lab.

const dayMs = 86_400_000;
const index = "agents/main/sessions/sessions.json";
const stale = "agent:main:direct:stale";
const fresh = "agent:main:direct:fresh";
let state: StateDir;
beforeEach(() => {
  state = makeStateDir();
});
afterEach(() => state.dispose());

const at = (name: string): string => join(state.path, "agents/main/sessions", name);
const keys = (): readonly string[] => Object.keys(JSON.parse(readFileSync(at("sessions.json"), "utf8")));

function cleanup(argv: readonly string[], host: Host = tickingHost(state)): Promise<RunResult> {
  return runCli(["cleanup", "--state-dir", state.path, ...argv], { host });
}

/** A store of one stale and one fresh session, and an old transcript that nothing references. */
function writeUsualStore(more: Readonly<Record<string, object>> = {}): void {
  state.writeStore("main", { [stale]: agedRow(1, 40), [fresh]: agedRow(2, 1), ...more });
}

/** Writes an index of exactly these bytes, with a transcript of long ago beside it. */
function writeRawIndex(content: string | Buffer): void {
  state.write(index, "");
  writeFileSync(at("sessions.json"), content);
  state.write("agents/main/sessions/old.jsonl", "");
}

/** Runs `cleanup --enforce`, and tells how it ended and whether a byte or a name is different afterwards. */
async function enforce(host?: Host): Promise<{ status: number; stdout: string; untouched: boolean }> {
  const before = treeOf(state.path);
  const { status, stdout } = await cleanup(["--enforce"], host);
  return { status, stdout, untouched: isDeepStrictEqual(treeOf(state.path), before) };
}

const refused = (status: number) => ({ status, stdout: "", untouched: true });

async function counted(...argv: readonly string[]) {
  const { stdout } = await cleanup(["--json", ...argv]);
  const { beforeCount, afterCount, pruned, missing, capped, digest } = JSON.parse(stdout);
  return { beforeCount, afterCount, pruned, missing, capped, digest };
}

const healthy = JSON.stringify({ [stale]: agedRow(1, 40), [fresh]: agedRow(2, 1) }, null, 2);

describe("P1, P12: a damaged index is not an empty one", () => {
  test.each([
    ["truncated by one byte", healthy.slice(0, -1)],
    ["zero bytes", ""],
    ["filled with NUL", "\0".repeat(200)],
    ["behind a byte order mark", `\uFEFF${healthy}`],
    ["an array", "[]"],
    ["of bytes that are not UTF-8", Buffer.from(healthy.replace("s1", "\xff"), "latin1")],
  ])("%s", async (_, content) => {
    writeRawIndex(content);
    expect(await enforce()).toEqual(refused(12));
  });

  test("missing beside transcripts", async () => {
    state.write("agents/main/sessions/old.jsonl", "");
    expect(await enforce()).toEqual(refused(12));
  });
});

test.each(["EIO", "EACCES", "EMFILE", "ENFILE", "ENOMEM"])(
  "P2: %s when the index is opened stops everything",
  async (errno) => {
    writeUsualStore();
    const host = tickingHost(state);
    const failing: Host = {
      ...host,
      fs: {
        ...host.fs,
        withFile: (path, work) => {
          if (path.endsWith("sessions.json")) throw Object.assign(new Error(errno), { code: errno });
          return host.fs.withFile(path, work);
        },
      },
    };
    expect(await enforce(failing)).toEqual(refused(12));
  },
);

test("P4: owner and mode of the index stay", async () => {
  writeUsualStore();
  chmodSync(at("sessions.json"), 0o640);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(at("sessions.json"), 1234, 1234);
  const before = statSync(at("sessions.json"));
  expect((await cleanup(["--enforce"])).status).toBe(0);
  const after = statSync(at("sessions.json"));
  expect(keys()).toEqual([fresh]);
  expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
});

test("P7: a transcript that a row which stays names by its sessionFile is not archived with another row", async () => {
  writeUsualStore({ "agent:main:direct:alive": agedRow(3, 1, { sessionFile: "s1.jsonl" }) });
  expect((await cleanup(["--enforce"])).status).toBe(0);
  expect(keys()).not.toContain(stale);
  expect(existsSync(at("s1.jsonl"))).toBe(true);
});

test("P8: a transcript that is a link to another one's is left alone, and so is that one", async () => {
  writeUsualStore();
  writeFileSync(at("s2.jsonl"), "alive\n");
  const link = at("linked.jsonl");
  symlinkSync("s2.jsonl", link);
  state.write(
    index,
    JSON.stringify({ [stale]: agedRow(1, 40, { sessionFile: "linked.jsonl" }), [fresh]: agedRow(2, 1) }),
  );
  await cleanup(["--enforce"]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("s2.jsonl"), "utf8")).toBe("alive\n");
});

test("P9: a sessionFile that names the index does not take the index away", async () => {
  writeUsualStore({ "agent:main:direct:odd": agedRow(3, 60, { sessionFile: "sessions.json" }) });
  await cleanup(["--enforce"]);
  expect(keys()).toContain(fresh);
});

test("P10: times in ISO 8601 and in seconds are understood", async () => {
  const iso = { sessionId: "s3", updatedAt: new Date(storeNow - dayMs).toISOString() };
  const seconds = { sessionId: "s4", updatedAt: Math.floor((storeNow - dayMs) / 1000) };
  state.write(
    index,
    JSON.stringify({ [stale]: agedRow(1, 40), "agent:main:direct:iso": iso, "agent:main:direct:s": seconds }),
  );
  expect((await cleanup(["--enforce", "--preset", "openclaw-2026.5"])).status).toBe(0);
  expect(keys()).toEqual(["agent:main:direct:iso", "agent:main:direct:s"]);
});

test("P11, P12, P21: what is odd stays in the index, byte for byte", async () => {
  const odd = [
    '"agent:main:direct:space": {"sessionId": "with a space", "updatedAt": 1795167991000}',
    '"agent:main:direct:array": []',
    '"agent:main:direct:twice": {"sessionId": "s5", "n": 1}',
    '"agent:main:direct:twice": {"sessionId": "s5", "n": 2}',
    '"agent:main:direct:big": {"sessionId": "s6", "n": 9007199254740993, "e": 1e400}',
    '"__proto__": {"sessionId": "s7", "s": "\\ud800"}',
    `"agent:main:direct:deep": {"sessionId": "s8", "d": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  ].join(",\n  ");
  const gone = `"${stale}": ${JSON.stringify(agedRow(1, 40))}`;
  state.write(index, `{\n  ${gone},\n  ${odd}\n}`);
  await cleanup(["--enforce"]);
  expect(readFileSync(at("sessions.json"), "utf8")).toBe(`{\n  ${odd}\n}`);
});

test("P13: a sessionFile that leads out of the directory reaches nothing there", async () => {
  state.write("victim.jsonl", "mine\n");
  writeUsualStore({ "agent:main:direct:out": agedRow(3, 60, { sessionFile: "x/../../../../victim.jsonl" }) });
  await cleanup(["--enforce"]);
  expect(readFileSync(join(state.path, "victim.jsonl"), "utf8")).toBe("mine\n");
});

test("P14: names that made a pattern take quadratic time are read in one pass", async () => {
  const sessionFile = `2026-01-01T${"_".repeat(60_000)}\n.jsonl`;
  const rows = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`agent:main:direct:${n}`, agedRow(n, 1, { sessionFile })]),
  );
  state.writeStore("main", rows);
  expect((await cleanup(["--enforce"])).status).toBe(0);
  expect(keys()).toHaveLength(20);
});

test("P15: a linked index is not replaced by a file of its own", async () => {
  writeUsualStore();
  const real = join(state.path, "elsewhere.json");
  writeFileSync(real, readFileSync(at("sessions.json")));
  state.write("agents/office/sessions/s1.jsonl", "");
  const link = join(state.path, "agents/office/sessions/sessions.json");
  symlinkSync(real, link);
  await cleanup(["--enforce", "--agent", "office"]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test("P17: a disk budget takes nothing that this run has put into the archive, and zero is no budget", async () => {
  const settings = (maxDiskBytes: number) =>
    state.write("openclaw.json", JSON.stringify({ session: { maintenance: { maxDiskBytes } } }));
  writeUsualStore();
  writeFileSync(at("s1.jsonl"), "x".repeat(5000));
  utimesSync(at("s1.jsonl"), (storeNow - 40 * dayMs) / 1000, (storeNow - 40 * dayMs) / 1000);
  settings(4000);
  expect((await cleanup(["--enforce"])).status).toBe(0);
  const archives = [...treeOf(state.path).keys()].filter((path) => path.includes("s1.jsonl.deleted."));
  expect(archives).toHaveLength(1);
  settings(0);
  expect(await enforce()).toEqual(refused(2));
});

test("P18: a clock that jumped 45 days ahead removes nothing without a confirmation", async () => {
  writeUsualStore();
  const host = { ...tickingHost(state), clock: { now: () => storeNow + 46 * dayMs } };
  expect(await enforce(host)).toEqual(refused(15));
});

test("P19: a bare cleanup changes nothing", async () => {
  writeUsualStore();
  const before = treeOf(state.path);
  expect(await cleanup([])).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("nothing was changed"),
  });
  expect(treeOf(state.path)).toEqual(before);
});

test("P20: a preview and the run count the same", async () => {
  writeUsualStore({ "agent:main:direct:older": agedRow(3, 60) });
  const preview = await counted("--dry-run");
  expect(preview).toMatchObject({ beforeCount: 3, afterCount: 1, pruned: 2 });
  expect(await counted("--enforce")).toEqual(preview);
});
