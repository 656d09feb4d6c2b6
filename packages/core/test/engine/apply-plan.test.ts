import { createHash } from "node:crypto";
import { type Fault, fromState, type MemoryFs, tree, memoryHost, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test, vi } from "vitest";
import { applyPlan, listOperations } from "../../src/engine.ts";
import { planDigest } from "../../src/plan/plan-digest.ts";
import { noInode, type Plan } from "../../src/plan/plan.ts";
import { StoreError } from "../../src/store-error.ts";
import {
  archive,
  cleanupPlan,
  indexPath,
  interruptedLate,
  newFile,
  partOf,
  planOf,
  planOfParts,
  removeRows,
  sessionsDir,
  smallStoreState,
  toTrash,
} from "./operation-scenarios.ts";

/** Somebody else writes the index, as OpenClaw does. */
function writeForeign(fs: MemoryFs): void {
  const other = fs.otherProcess();
  const bytes = tree(other, sessionsDir).get("sessions.json")?.bytes ?? Buffer.alloc(0);
  other.createFile(`${sessionsDir}/foreign`, 0o600, (file) => file.write(bytes));
  other.rename(`${sessionsDir}/foreign`, indexPath);
}

const names = (fs: MemoryFs) => fs.readdir(sessionsDir) ?? [];

test("a plan that changes nothing makes no operation and takes no lock", async () => {
  const fs = fromState(smallStoreState());
  const host = memoryHost(fs);
  const locks = { acquire: () => Promise.reject(new Error("locked")) };
  const plan = planOf(fs, []);
  await expect(applyPlan({ ...host, locks }, plan)).resolves.toEqual({
    operationId: undefined,
    plan,
    warnings: [],
    recovered: [],
  });
  expect(fs.mutations()).toBe(0);
});

test("a plan that a guard holds back is E_REFUSED, before anything is read", async () => {
  const fs = fromState(smallStoreState());
  const part = { ...partOf(fs, [archive(fs, "s2.jsonl")]), blockedBy: ["orphans", "mass"] } as const;
  const calls = fs.calls.length;
  await expect(applyPlan(memoryHost(fs), planOfParts([part]))).rejects.toMatchObject({
    code: "E_REFUSED",
    message: expect.stringContaining("(orphans, mass)"),
    hint: expect.stringContaining("--allow-orphans --allow-mass"),
    details: { blockedBy: ["orphans", "mass"] },
  });
  expect(fs.calls.length).toBe(calls);
});

test("names the operation, and carries all of the plan out", async () => {
  const fs = fromState(smallStoreState());
  const { operationId, warnings } = await applyPlan(memoryHost(fs), cleanupPlan(fs));
  expect(listOperations(fs, sessionsDir).map(({ id, state }) => [id, state])).toEqual([
    [operationId, "done"],
  ]);
  expect(warnings).toEqual([]);
  expect(names(fs).filter((name) => name.startsWith("s"))).toEqual([
    "s1.jsonl",
    expect.stringMatching(/^s2\.jsonl\.deleted\./),
    expect.stringMatching(/^s3\.jsonl\.deleted\./),
    "sessions.json",
  ]);
});

describe("a store that is not as planned", () => {
  test.each<[string, (fs: MemoryFs) => void, string]>([
    ["the index was written", writeForeign, indexPath],
    ["the index is gone", (fs) => fs.unlink(indexPath), indexPath],
    [
      "a file was written to",
      (fs) => fs.appendFile(`${sessionsDir}/s2.jsonl`, (file) => file.write(Buffer.from("more"))),
      `${sessionsDir}/s2.jsonl`,
    ],
    ["a file is gone", (fs) => fs.unlink(`${sessionsDir}/s2.jsonl`), `${sessionsDir}/s2.jsonl`],
  ])("E_STALE_PLAN, nothing begun: %s", async (_name, change, path) => {
    const fs = fromState(smallStoreState());
    const plan = cleanupPlan(fs);
    change(fs);
    await expect(applyPlan(memoryHost(fs), plan)).rejects.toMatchObject({
      code: "E_STALE_PLAN",
      details: { path },
    });
    expect(names(fs)).not.toContain(".sessionsmith");
  });

  /** Applies while somebody else writes the index after each of the first `writes` times that the plan was made. */
  function applyBetween(writes: number): ReturnType<typeof applyPlan> {
    const fs = fromState(smallStoreState());
    let left = writes;
    const plan = (): Plan => {
      const made = cleanupPlan(fs);
      if (left > 0) writeForeign(fs);
      left -= 1;
      return made;
    };
    return applyPlan(memoryHost(fs), plan(), { replan: plan });
  }

  test("is planned for again, at most four times", async () => {
    await expect(applyBetween(4)).resolves.toMatchObject({ operationId: expect.any(String) });
    await expect(applyBetween(5)).rejects.toMatchObject({ code: "E_STALE_PLAN" });
  });

  test("other troubles are not planned for again", async () => {
    const fs = fromState(smallStoreState(), {
      fault: ({ name }) => (name === "mkdir" ? { errno: "EROFS" } : undefined),
    });
    const plan = cleanupPlan(fs);
    const replan = vi.fn<() => Plan>(() => plan);
    await expect(applyPlan(memoryHost(fs), plan, { replan })).rejects.toMatchObject({
      code: "E_IO",
      message: `mkdir failed on ${sessionsDir}/.sessionsmith (EROFS). Nothing was changed.`,
      hint: "The file system is mounted read-only.",
    });
    expect(replan).not.toHaveBeenCalled();
  });
});

test("a file that is written to after the switch stays, with a warning", async () => {
  const fs = fromState(smallStoreState(), {
    onCall: ({ name, to }) => {
      if (name !== "rename" || to !== indexPath) return;
      fs.otherProcess().appendFile(`${sessionsDir}/s2.jsonl`, (file) => file.write(Buffer.from("more")));
    },
  });
  const plan = planOf(fs, [
    removeRows(fs, "agent:main:direct:2"),
    archive(fs, "s2.jsonl"),
    toTrash(fs, "notes.txt"),
  ]);
  const { warnings } = await applyPlan(memoryHost(fs), plan);
  expect(warnings).toEqual(["s2.jsonl stays: it was written to after the plan was made"]);
  expect(names(fs)).toContain("s2.jsonl");
  expect(names(fs)).not.toContain("notes.txt");
  expect(listOperations(fs, sessionsDir)).toMatchObject([{ state: "done", warnings }]);
});

test("a signal before the switch takes everything back", async () => {
  const abort = new AbortController();
  const start = smallStoreState();
  const fs = fromState(start, {
    onCall: ({ name, path }) => {
      if (name === "create" && path.includes("staged-0")) abort.abort();
    },
  });
  const plan = planOf(fs, [newFile, removeRows(fs, "agent:main:direct:2")]);
  await expect(applyPlan(memoryHost(fs), plan, { signal: abort.signal })).rejects.toMatchObject({
    code: "E_INTERRUPTED",
  });
  expect(names(fs).filter((name) => name !== ".sessionsmith")).toEqual(names(fromState(start)));
});

test("an interrupted operation is settled first, and reported", async () => {
  const fs = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  const { recovered } = await applyPlan(memoryHost(fs, 9), planOf(fs, [toTrash(fs, "notes.txt")]));
  expect(recovered).toMatchObject([{ outcome: "finished", warnings: [] }]);
});

test("nothing retires under another index than that of the plan, even if it stays as it is", async () => {
  const fs = fromState(smallStoreState());
  const plan = planOf(fs, [toTrash(fs, "orphan.jsonl")]);
  writeForeign(fs);
  await expect(applyPlan(memoryHost(fs), plan)).rejects.toMatchObject({
    code: "E_STALE_PLAN",
    details: { path: indexPath },
  });
  expect(names(fs)).toContain("orphan.jsonl");
});

test("after an interrupted operation is settled, the plan is made again if it can be", async () => {
  const fs = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  const replan = vi.fn<() => Plan>(() => planOf(fs, [toTrash(fs, "notes.txt")]));
  const { recovered, plan } = await applyPlan(memoryHost(fs, 9), replan(), { replan });
  expect(recovered).toMatchObject([{ outcome: "finished" }]);
  expect(replan).toHaveBeenCalledTimes(2);
  expect(plan).toBe(replan.mock.results[1]?.value);
});

test.each<[string, (fs: MemoryFs, path: string) => void]>([
  ["a directory", (fs, path) => fs.makeDir(path, 0o700)],
  ["a symbolic link", (fs, path) => fs.otherProcess().symlink("/elsewhere", path)],
])("nothing begins while %s is in the place of the ledger", async (what, put) => {
  const fs = fromState(smallStoreState());
  fs.makeDir(`${sessionsDir}/.sessionsmith`, 0o700);
  put(fs, `${sessionsDir}/.sessionsmith/ledger.jsonl`);
  const before = tree(fs, sessionsDir);
  await expect(applyPlan(memoryHost(fs), cleanupPlan(fs))).rejects.toMatchObject({
    code: "E_REFUSED",
    message: expect.stringContaining(`ledger.jsonl is ${what}, not a regular file. Nothing was changed.`),
  });
  expect(tree(fs, sessionsDir)).toEqual(before);
});

const stuck: Fault = ({ name, path }) =>
  name === "unlink" && path.endsWith("/orphan.jsonl") ? { errno: "EACCES" } : undefined;

test("an old name that can't be taken away is told as such: the file has its new one", async () => {
  const fs = fromState(smallStoreState(), { fault: stuck });
  const { warnings } = await applyPlan(memoryHost(fs), planOf(fs, [toTrash(fs, "orphan.jsonl")]));
  expect(warnings).toEqual([
    expect.stringMatching(
      /^orphan\.jsonl is \S+ by now, but one of the two names could not be taken away \(EACCES\)$/,
    ),
  ]);
  expect(fs.lstat(`${sessionsDir}/orphan.jsonl`)?.nlink).toBe(2);
});

/** The disk is full when the intent is to be written. */
const full: Fault = ({ name, path }) =>
  name === "write" && path.endsWith("journal.jsonl") ? { errno: "ENOSPC" } : undefined;

/** What the plan is made from is gone. */
const gone = () => {
  throw new StoreError("E_NOT_FOUND", "The workspace is gone.");
};

describe("create", () => {
  const otherDir = "/state/agents/new/sessions";
  const otherIndex = `${otherDir}/sessions.json`;
  const planFor = (index: string, realDir = otherDir) => {
    const sha256 = createHash("sha256").update(index).digest("hex");
    const missing = { sha256, size: index.length, dev: "0", ino: noInode, mtimeNs: "0" };
    const store = { agentId: "new", indexPath: otherIndex, realDir, index: missing };
    return planOfParts([{ store, rows: [], files: [], steps: [newFile], blockedBy: [] }]);
  };
  const made = [".sessionsmith", "new.jsonl", "sessions.json"];

  test("a store that was not there is made, and the plan is carried out in it", async () => {
    const fs = fromState(smallStoreState());
    const replan = vi.fn<() => Plan>();
    const { plan } = await applyPlan(memoryHost(fs), planFor("{}"), { create: true, replan });
    expect(replan).not.toHaveBeenCalled();
    expect(fs.readdir(otherDir)).toEqual(made);
    expect(plan.parts[0]?.store).toEqual(partOf(fs, [], otherDir).store);
    expect(planDigest(plan)).toBe(plan.digest);
  });

  test.each([
    { name: "is there by now", plan: () => planFor("{}"), before: "{}" },
    { name: "was taken for another one", plan: () => planFor("[]"), before: undefined },
    { name: "lies elsewhere", plan: () => planFor("{}", "/state/link"), before: undefined },
  ])("a store that $name is planned for again", async ({ plan, before }) => {
    const fs = fromState(smallStoreState());
    if (before !== undefined) writeTree(fs, otherDir, { "sessions.json": before });
    const replan = () => planOfParts([partOf(fs, [newFile], otherDir)]);
    await applyPlan(memoryHost(fs), plan(), { create: true, replan });
    expect(fs.readdir(otherDir)).toEqual(made);
    await expect(applyPlan(memoryHost(fs, 50), plan(), { create: true })).rejects.toMatchObject({
      code: "E_STALE_PLAN",
    });
  });

  /** The directory of the store can't be synced when its index is there. */
  const unsynced = (): Fault => {
    let isNamed = false;
    return ({ name, path }) => {
      isNamed ||= name === "link";
      return isNamed && name === "fsync" && path === otherDir ? { errno: "EIO" } : undefined;
    };
  };

  test.each([
    { what: "after the store was made", fault: full, index: "{}" },
    { what: "while the store is made", fault: unsynced(), index: "{}" },
    { what: "when the plan is made again", fault: undefined, index: "[]" },
  ])("what fails $what says that the empty store is there", async ({ fault, index }) => {
    const fs = fromState(smallStoreState(), { fault });
    await expect(
      applyPlan(memoryHost(fs), planFor(index), { create: true, replan: gone }),
    ).rejects.toMatchObject({
      code: index === "{}" ? "E_IO" : "E_NOT_FOUND",
      message: expect.stringContaining(`The new store ${otherIndex} had been made by then, and can stay.`),
    });
    expect(fs.lstat(otherIndex)?.size).toBe(2);
  });

  test("an index that was there and is gone is never made anew", async () => {
    const fs = fromState(smallStoreState());
    const plan = planOf(fs, [newFile, removeRows(fs, "agent:main:direct:2")]);
    fs.otherProcess().unlink(indexPath);
    await expect(applyPlan(memoryHost(fs), plan, { create: true })).rejects.toMatchObject({
      code: "E_STALE_PLAN",
    });
    expect(fs.lstat(indexPath)).toBeUndefined();
  });
});
