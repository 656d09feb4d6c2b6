import { fromState, type MemoryFs, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { commitIndex, type EngineHost } from "../../src/engine.ts";
import { readIndex } from "../../src/session-index/read-index.ts";
import type { SpliceEdit } from "../../src/session-index/splice-edit.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import type { IndexDocument } from "../../src/session-index/index-document.ts";
import { indexPath, sessionsDir, smallStoreState } from "./operation-scenarios.ts";

const removeSecond = (document: IndexDocument) => removeRowsEdits(document, new Set(["agent:main:direct:2"]));

function commit(
  fs: MemoryFs,
  edit: (document: IndexDocument) => readonly SpliceEdit[] = removeSecond,
  host: EngineHost = memoryHost(fs),
): Promise<number> {
  return commitIndex(host, { realDir: sessionsDir, indexPath, edit, lockTimeoutMs: 0 });
}

function keysOf(fs: MemoryFs): readonly string[] {
  const read = readIndex(fs, indexPath);
  return read.state === "readable" ? read.document.rows.map(({ key }) => key) : [];
}

/** Somebody else gives the index one more row. */
function writeForeign(fs: MemoryFs, key: string): void {
  const other = fs.otherProcess();
  const read = readIndex(other, indexPath);
  if (read.state !== "readable") throw new Error("not readable");
  const text = read.document.bytes.toString("utf8").replace("{", `{"${key}":{"sessionId":"f"},`);
  other.createFile(`${sessionsDir}/foreign`, 0o600, (file) => file.write(Buffer.from(text)));
  other.rename(`${sessionsDir}/foreign`, indexPath);
}

const names = (fs: MemoryFs) => fs.readdir(sessionsDir) ?? [];

test("edits the index in one go, and leaves nothing behind", async () => {
  const fs = fromState(smallStoreState());
  await expect(commit(fs)).resolves.toBe(1);
  expect(keysOf(fs)).toEqual(["agent:main:main", "agent:main:direct:3"]);
  expect(names(fs).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect([...fs.durableStates()]).toHaveLength(1);
});

test("keeps mode and owner", async () => {
  const fs = fromState(smallStoreState());
  fs.setMode(indexPath, 0o640);
  fs.setOwner(indexPath, 7, 8);
  await commit(fs);
  expect(fs.lstat(indexPath)).toMatchObject({ mode: 0o640, uid: 7, gid: 8 });
});

test("without edits nothing is written", async () => {
  const fs = fromState(smallStoreState());
  const ino = fs.lstat(indexPath)?.ino;
  await commit(fs, () => []);
  expect(fs.lstat(indexPath)?.ino).toBe(ino);
});

test("a foreign write during a try is seen: the edit is made again on what is there", async () => {
  const fs = fromState(smallStoreState());
  let edits = 0;
  const edit = (document: IndexDocument) => {
    edits += 1;
    if (edits <= 4) writeForeign(fs, `foreign-${edits}`);
    return removeSecond(document);
  };
  await expect(commit(fs, edit)).resolves.toBe(5);
  expect(keysOf(fs)).toEqual([
    "foreign-4",
    "foreign-3",
    "foreign-2",
    "foreign-1",
    "agent:main:main",
    "agent:main:direct:3",
  ]);
});

test("after five tries it is E_STALE_PLAN, and the foreign index stands", async () => {
  const fs = fromState(smallStoreState());
  let edits = 0;
  const edit = (document: IndexDocument) => {
    edits += 1;
    writeForeign(fs, `foreign-${edits}`);
    return removeSecond(document);
  };
  await expect(commit(fs, edit)).rejects.toMatchObject({ code: "E_STALE_PLAN" });
  expect(edits).toBe(5);
  expect(keysOf(fs)).toContain("agent:main:direct:2");
  expect(names(fs).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a new index of the same size and millisecond gets another time", async () => {
  const fs = fromState(smallStoreState());
  const before = fs.lstat(indexPath);
  if (before === undefined) throw new Error("no index");
  // A disk whose clock stands still for as long as the commit takes.
  const still = { ...before, mtimeNs: before.mtimeNs };
  const frozen = fromState({
    ...fs.state(),
    nowNs: still.mtimeNs,
    settings: { ...fs.state().settings, tickNs: 1n },
  });
  await commit(frozen, () => [{ at: 0, remove: 1, insert: "{" }]);
  const after = frozen.lstat(indexPath);
  expect(after?.size).toBe(before.size);
  expect(after?.mtimeNs).toBe(before.mtimeNs + 1_000_000n);
});

test.each([
  ["no index", (fs: MemoryFs) => fs.unlink(indexPath), "E_NOT_FOUND"],
  [
    "a damaged one",
    (fs: MemoryFs) => fs.appendFile(indexPath, (file) => file.truncate(5)),
    "E_CORRUPT_INDEX",
  ],
])("%s", async (_name, prepare, code) => {
  const fs = fromState(smallStoreState());
  prepare(fs);
  await expect(commit(fs)).rejects.toMatchObject({ code });
});

test("a lock that is lost before the commit stops it", async () => {
  const fs = fromState(smallStoreState());
  const host = memoryHost(fs);
  const lost = new Error("lost");
  const acquire = () =>
    Promise.resolve({
      assertHeld: () => undefined,
      confirmHeld: () => {
        throw lost;
      },
      release: () => undefined,
    });
  await expect(commit(fs, removeSecond, { ...host, locks: { acquire } })).rejects.toBe(lost);
  expect(keysOf(fs)).toContain("agent:main:direct:2");
});
