import { fromState, type MemoryFs, type MemoryFsState, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import {
  appendTranscriptLine,
  archiveTranscript,
  compactTranscript,
  deleteTranscript,
  type LoadedSessions,
  openSessionStore,
  updateSessionStore,
} from "../../src/store.ts";
import type { EngineHost } from "../../src/engine.ts";
import { crashCounter } from "../engine/crash-count.ts";
import type { Scenario } from "../engine/crash-matrix.ts";
import { indexPath, recover, sessionsDir, smallStoreState } from "../engine/operation-scenarios.ts";
import {
  checkBytesKept,
  checkIndexIsWhole,
  checkPromises,
  diskTree,
  storePromises,
} from "../engine/store-promises.ts";
import { textAt } from "./memory-store.ts";

const index = JSON.stringify({
  "agent:main:main": { sessionId: "s1", x: 1e2 },
  "agent:main:direct:2": { sessionId: "s2" },
});
const header = '{"type":"session","version":3,"id":"s1"}\n';
const said = [1, 2, 3, 4].map((n) => `{"type":"message","id":"${n}","parentId":"${n - 1}"}\n`).join("");
const transcript = `${sessionsDir}/s1.jsonl`;
const address = { storePath: indexPath, sessionId: "s1" };
const run = crashCounter("store");

let firstId = 1;

/** A host for a program that starts again: its random ids are none that were there before. */
const nextHost = (fs: MemoryFs) => memoryHost(fs, (firstId += 1000));

/** The same for one that starts when the temporary files of the crash have become old enough. */
function laterHost(fs: MemoryFs): EngineHost {
  const host = nextHost(fs);
  return { ...host, clock: { now: () => host.clock.now() + 10 * 60_000 } };
}

const line = (word: string) => ({ type: "message", word, filler: "x".repeat(300) });

const add = (word: string) => (fs: MemoryFs) =>
  appendTranscriptLine(address, line(word), { host: word === "first" ? memoryHost(fs) : nextHost(fs) });

/** The torn bytes were copied aside before they were cut off; a crash between the two makes a second copy. */
function checkKept(fs: MemoryFs, torn: string): void {
  const dir = `${sessionsDir}/.sessionsmith/torn/s1.jsonl`;
  const kept = (fs.readdir(dir) ?? []).map((name) => textAt(fs, `${dir}/${name}`));
  if (!kept.includes(torn)) throw new Error("the torn bytes are gone");
}

function change(sessions: LoadedSessions): void {
  sessions.delete("agent:main:direct:2");
  sessions.set("new", { sessionId: "n" });
  sessions.set("agent:main:main", { sessionId: "s1", label: "x" });
}

function update(fs: MemoryFs, host = memoryHost(fs)): Promise<void> {
  return updateSessionStore(indexPath, change, { host });
}

/** A scenario of an operation that moves or writes a transcript. */
async function operationScenario(
  name: string,
  start: MemoryFsState,
  act: Scenario["run"],
): Promise<Scenario> {
  const after = fromState(start);
  await act(after);
  const promises = storePromises([sessionsDir], fromState(start), [after]);
  return { name, start, run: act, recover, check: (recovered) => checkPromises(promises, recovered) };
}

describe("a crash while a line is added", () => {
  test.each([
    ["to a transcript", header + said, ""],
    ["to a torn transcript", header + said, '{"type":"mess'],
    ["to a transcript without its last line end", `${header}${said}{"a":1}`, ""],
    ["to a transcript that ends with NUL bytes", header + said, "\0\0\0\0"],
    ["to one with half a header", "", '{"type":"ses'],
    ["to none", undefined, ""],
  ])("%s", async (name, whole, torn) => {
    const files = whole === undefined ? {} : { "s1.jsonl": whole + torn };
    const start = smallStoreState({ "sessions.json": index, ...files });
    const before = diskTree(fromState(start));
    await run({
      name,
      start,
      run: add("first"),
      // Whoever starts again adds the next line, once.
      recover: async (fs) => {
        if (textAt(fs, transcript)?.endsWith(`${JSON.stringify(line("second"))}\n`) !== true)
          await add("second")(fs);
      },
      check: (recovered) => {
        const text = textAt(recovered, transcript) ?? "";
        const lines = text.split("\n");
        if (!text.startsWith(whole === undefined || whole === "" ? '{"type":"session"' : whole))
          throw new Error("lost lines");
        const records = lines.slice(0, -1).map((one) => JSON.parse(one));
        const words = records.flatMap((record) => record.word ?? []);
        expect(lines.at(-1)).toBe("");
        expect(["second", "first,second", "second,second", "first,second,second"]).toContain(words.join(","));
        expect(records.filter(({ type }) => type === "session").length).toBe(1);
        const others = new Map([...before].filter(([path]) => path !== transcript));
        checkBytesKept(others, diskTree(recovered), [sessionsDir]);
        if (torn !== "") checkKept(recovered, torn);
      },
    });
  });

  test("that was acknowledged survives it", async () => {
    for (const fsync of ["always", "batch"] as const) {
      for (const files of [{}, { "s1.jsonl": header }]) {
        const fs = fromState(smallStoreState({ "sessions.json": index, ...files }));
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await appendTranscriptLine(address, line("first"), { host: memoryHost(fs), fsync });
        for (const state of fs.durableStates()) {
          expect(textAt(fromState(state), transcript)).toContain('"word":"first"');
        }
      }
    }
  });
});

describe("a crash in a change of the index", () => {
  test("leaves the old one or the new one", async () => {
    const start = smallStoreState({ "sessions.json": index, "s1.jsonl": header });
    const after = fromState(start);
    await update(after);
    const promises = storePromises([sessionsDir], fromState(start), [after]);
    const count = await run({
      name: "update",
      start,
      run: (fs) => update(fs),
      checkCrashed: (crashed) => checkIndexIsWhole(promises, crashed),
      // The program starts again and changes the same.
      recover: (fs) => update(fs, laterHost(fs)),
      check: (recovered) => checkPromises({ ...promises, before: new Map() }, recovered),
    });
    expect(count).toBeGreaterThan(20);
  });

  test("that makes a store leaves none or a whole one", async () => {
    const start = smallStoreState();
    const path = "/state/agents/new/sessions/sessions.json";
    const open = (fs: MemoryFs) => openSessionStore(path, { host: memoryHost(fs), create: true });
    await run({
      name: "create",
      start,
      run: open,
      checkCrashed: (crashed) => expect([undefined, "{}"]).toContain(textAt(crashed, path)),
      recover: (fs) => openSessionStore(path, { host: nextHost(fs), create: true }),
      check: (recovered) => expect(textAt(recovered, path)).toBe("{}"),
    });
  });
});

describe("a crash in an operation on a transcript", () => {
  const files = { "sessions.json": index, "s1.jsonl": header + said, "gone.jsonl": header + said };
  const gone = { storePath: indexPath, sessionId: "gone" };

  test.each<readonly [string, (fs: MemoryFs) => Promise<unknown>]>([
    ["a compaction", (fs) => compactTranscript(address, { keepLines: 2 }, { host: memoryHost(fs) })],
    ["a backup", (fs) => archiveTranscript(address, "bak", { host: memoryHost(fs) })],
    ["an archive", (fs) => archiveTranscript(gone, "reset", { host: memoryHost(fs) })],
    ["a deletion", (fs) => deleteTranscript(gone, { host: memoryHost(fs), archive: false })],
  ])("leaves the store as before or as after: %s", async (name, act) => {
    await expect(run(await operationScenario(name, smallStoreState(files), act))).resolves.toBeGreaterThan(
      20,
    );
  });
});
