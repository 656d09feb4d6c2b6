import { mkdirSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { scanStore } from "../../src/snapshot/scan-store.ts";
import { failingFs, nowMs, processTable, testHost, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

/** A matcher for the StoreError of a failed scan. */
function storeError(code: string, message = ""): unknown {
  return expect.objectContaining({ code, message: expect.stringContaining(message) });
}

test("a snapshot holds the rows in file order, every file, and the identity of the index", () => {
  dir.index({ b: { sessionId: "b", updatedAt: nowMs }, a: { sessionId: "a" } });
  dir.files("a.jsonl", "b.jsonl", "stray.jsonl");
  const snapshot = dir.scan();
  const fact = nodeReadFs.lstat(dir.at("sessions.json"));
  expect(snapshot).toMatchObject({ target: dir.target(), realDir: dir.at(""), era: "json", findings: [] });
  expect(snapshot.rows).toEqual([
    {
      row: snapshot.document.rows[0],
      time: { known: true, atMs: nowMs, unit: "ms" },
      transcript: { state: "present", name: "b.jsonl", relocated: false },
      locked: false,
    },
    {
      row: snapshot.document.rows[1],
      time: { known: false, why: "absent" },
      transcript: { state: "present", name: "a.jsonl", relocated: false },
      locked: false,
    },
  ]);
  expect([...snapshot.files.keys()]).toEqual(["a.jsonl", "b.jsonl", "stray.jsonl"]);
  expect(snapshot.fingerprint).toEqual({
    dev: fact?.dev,
    ino: fact?.ino,
    size: fact?.size,
    mtimeNs: fact?.mtimeNs,
    ctimeNs: fact?.ctimeNs,
    sha256: snapshot.document.sha256,
  });
});

test("an empty index is an empty store", () => {
  dir.index({});
  expect(dir.scan()).toMatchObject({ rows: [], findings: [] });
});

test("of a duplicated key only the last row counts", () => {
  dir.write("sessions.json", '{"k":{"sessionId":"old"},"k":{"sessionId":"new"}}');
  dir.files("old.jsonl", "new.jsonl");
  const snapshot = dir.scan();
  expect(snapshot.rows.map(({ row }) => row.sessionId)).toEqual(["new"]);
  expect(snapshot.references.filesByRow.get("k")).toEqual(["old.jsonl", "new.jsonl"]);
});

describe("without a usable index", () => {
  test("no directory and an empty one are no store", () => {
    expect(() => dir.scan()).toThrow(
      storeError("E_NOT_FOUND", `There is no session store at ${dir.at("sessions.json")}`),
    );
    rmSync(dir.at(""), { recursive: true });
    expect(() => dir.scan()).toThrow(storeError("E_NOT_FOUND"));
  });

  test("a missing one beside transcripts is damage", () => {
    dir.files("a.jsonl", "a.jsonl.lock");
    expect(() => dir.scan()).toThrow(
      storeError("E_CORRUPT_INDEX", "is missing, but 1 transcript lies beside it. Nothing was changed."),
    );
    dir.files("b.jsonl");
    expect(() => dir.scan()).toThrow(storeError("E_CORRUPT_INDEX", "2 transcripts lie beside it"));
  });

  test("a missing one is no damage where a database may hold the sessions", () => {
    dir.files("a.jsonl");
    mkdirSync(dir.outside("session-sqlite-import-archive"));
    dir.write("../session-sqlite-import-archive/sessions.json", "{}");
    expect(() => dir.scan()).toThrow(storeError("E_SQLITE_ERA", "Nothing was changed."));
  });

  test.each(["", "[]", '{"k":', "\ufeff{}", "\0\0"])(
    "one that can't be read stops everything: %j",
    (content) => {
      dir.write("sessions.json", content);
      dir.files("a.jsonl");
      expect(() => dir.scan()).toThrow(storeError("E_CORRUPT_INDEX"));
    },
  );

  test.each(["EACCES", "EIO", "EMFILE", "ENOMEM"])(
    "one that can't be opened stops everything: %s",
    (errno) => {
      dir.index({});
      dir.files("a.jsonl");
      expect(() => dir.scan({ fs: failingFs("withFile", dir.at("sessions.json"), errno) })).toThrow(
        storeError("E_CORRUPT_INDEX", errno),
      );
    },
  );
});

describe("locked", () => {
  const alive = { processes: processTable({ 7: { state: "alive" } }) };

  test.each(["a.jsonl.lock", "f.jsonl.lock", "a-topic-1.jsonl.lock", "family.jsonl.lock"])(
    "a row is locked while somebody holds %s",
    (lock) => {
      dir.index({
        k: { sessionId: "a", sessionFile: "f.jsonl", usageFamilySessionIds: ["family"] },
        other: { sessionId: "b" },
      });
      dir.files("f.jsonl", "b.jsonl");
      dir.write(lock, '{"pid":7}');
      expect(dir.scan(alive).rows.map(({ locked }) => locked)).toEqual([true, false]);
      expect(dir.scan().rows.map(({ locked }) => locked)).toEqual([false, false]);
    },
  );

  test("a row is locked if its lock can't be looked at", () => {
    dir.index({ k: { sessionId: "a" } });
    dir.files("a.jsonl", "a.jsonl.lock");
    const fs = failingFs("lstat", dir.at("a.jsonl.lock"), "EIO");
    expect(dir.scan({ fs }).rows[0]?.locked).toBe(true);
  });
});

test("times are judged by the given time, locks by the clock", () => {
  dir.index({ k: { sessionId: "a", updatedAt: nowMs } });
  dir.files("a.jsonl");
  dir.write("a.jsonl.lock", "", 0);
  const judge = (judgedAtMs: number) =>
    scanStore(testHost(), dir.target(), { nowMs: judgedAtMs }).findings.map(({ id }) => id);
  expect(judge(nowMs)).toEqual(["transcript-lock-live"]);
  expect(judge(nowMs - 2 * 86_400_000)).toEqual(["transcript-lock-live", "updated-at-future"]);
});

test("looks once at each file, and never again for a row that names it", () => {
  const ids = Array.from({ length: 9 }, (_, index) => `s${index}`);
  dir.index(Object.fromEntries(ids.map((id) => [id, { sessionId: id, sessionFile: dir.at(`${id}.jsonl`) }])));
  dir.files(...ids.map((id) => `${id}.jsonl`));
  const looks: string[] = [];
  const noting = <T>(look: (path: string) => T) => {
    return (path: string) => {
      looks.push(path);
      return look(path);
    };
  };
  dir.scan({
    fs: {
      ...nodeReadFs,
      lstat: noting((path) => nodeReadFs.lstat(path)),
      stat: noting((path) => nodeReadFs.stat(path)),
      realpath: noting((path) => nodeReadFs.realpath(path)),
      readlink: noting((path) => nodeReadFs.readlink(path)),
    },
  });
  expect(looks.filter((path) => path.endsWith(".jsonl"))).toEqual(ids.map((id) => dir.at(`${id}.jsonl`)));
});
