import { recoverStore } from "@sessionsmith/core/engine";
import { fromState, type MemoryFs, type MemoryFsState, writeTree } from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { crashStates, runCrashMatrix } from "../../core/test/engine/crash-matrix.ts";
import { countCalls, faultsAt } from "../../core/test/engine/error-injection.ts";
import {
  checkBytesKept,
  checkIndexIsWhole,
  checkPromises,
  diskTree,
  storePromises,
} from "../../core/test/engine/store-promises.ts";
import type { Answered, ChangeFrame } from "../src/change/change-frame.ts";
import type { StoreScope } from "../src/change/store-scope.ts";
import { compactSession } from "../src/compact/compact-session.ts";
import { createSession } from "../src/create/create-session.ts";
import { deleteSessions } from "../src/delete/delete-sessions.ts";
import { importSessions } from "../src/import/import-sessions.ts";
import { openExport } from "../src/import/open-export.ts";
import { changeLease } from "../src/lease/change-lease.ts";
import { createLeasedSession } from "../src/lease/create-leased-session.ts";
import { patchSession } from "../src/patch/patch-session.ts";
import { resetSession } from "../src/reset/reset-session.ts";
import {
  diskWith,
  hostOver,
  rowsOf,
  scopeOn,
  sessionsDir,
  stateDir,
  transcript,
  undone,
  visible,
} from "./change/changed-store.ts";

const index = `{
  "agent:main:main": {"sessionId":"s1","updatedAt":1790000000000,"label":"Ann","totalTokens":7, "x": 1e2},
  "agent:main:cron:a": {"sessionId":"s2","updatedAt":1790000000001},
  "agent:main:cron:a:run:1": {"sessionId":"s2","updatedAt":1790000000002},
  "agent:main:explicit:l": {"sessionId":"l","updatedAt":1790000000003,"pluginExtensions":{"sessionsmith":{"lease":
    {"user":"ann","ttlSeconds":60,"lastAccessAt":1790000000003,"expiresAt":1790000060003,"meta":{}}}}}
}
`;
const line = (n: number) => ({
  type: "message",
  id: `m${n}`,
  parentId: n === 1 ? null : `m${n - 1}`,
  message: { role: "user", content: `text ${n}` },
});
const files = {
  "s1.jsonl": transcript("s1", line(1), line(2), line(3)),
  "s1.trajectory.jsonl": "{}\n",
  "s2.jsonl": transcript("s2", line(1)),
};

/** Two sessions, one of which has an id that is taken. */
const exported = [
  { format: "sessionsmith-export", version: 1, redacted: false, resumable: true },
  ...["s1", "s9"].flatMap((id) => [
    {
      session: {
        key: `agent:main:explicit:${id}`,
        agentId: "main",
        entry: { sessionId: id, updatedAt: 1 },
        transcript: { name: `${id}.jsonl` },
      },
    },
    { line: { type: "session", version: 3, id } },
    { line: line(1) },
    { end: { lines: 2, complete: true, unterminated: false } },
  ]),
  { done: { sessions: 2 } },
];
const exportFile = `${stateDir}/export.jsonl`;
const settings = "// ours\n{ lease: { defaultTtl: 60 } }\n";

/** A store of four rows, two of which share a session; an export, and settings of our own. */
function start(): MemoryFsState {
  const fs = diskWith({ rows: index, files });
  const lines = exported.map((value) => `${JSON.stringify(value)}\n`).join("");
  writeTree(fs, stateDir, { "export.jsonl": lines, "sessionsmith.json5": settings });
  return fs.state();
}

async function importAll(scope: StoreScope): Promise<Answered<ChangeFrame>> {
  const sessions = openExport(scope.host.fs, exportFile)?.sessions ?? [];
  return importSessions(scope, { file: exportFile, sessions });
}

type Order = (scope: StoreScope) => Promise<Answered<ChangeFrame>>;

const orders: readonly (readonly [name: string, order: Order])[] = [
  [
    "patch",
    (scope) => patchSession(scope, { key: "agent:main:main", patch: { label: null, thinkingLevel: "high" } }),
  ],
  [
    "patch of a new row",
    (scope) => patchSession(scope, { key: "agent:main:new", patch: { label: "Bob" }, orCreate: true }),
  ],
  ["reset", (scope) => resetSession(scope, { key: "agent:main:main" })],
  ["delete", (scope) => deleteSessions(scope, { keys: ["agent:main:cron:a", "agent:main:cron:a:run:1"] })],
  [
    "delete into the trash",
    (scope) =>
      deleteSessions(scope, { keys: ["agent:main:cron:a", "agent:main:cron:a:run:1"], transcript: "trash" }),
  ],
  ["compact", (scope) => compactSession(scope, { key: "agent:main:main", keepLines: 1 })],
  ["create", (scope) => createSession(scope, { label: "Bob" })],
  [
    "create with a lease",
    (scope) => createLeasedSession(scope, { lease: { user: "ann", ttlSeconds: 60, meta: { a: "1" } } }),
  ],
  [
    "set",
    (scope) =>
      changeLease(scope, { key: "agent:main:explicit:l", order: { what: "set", name: "a", value: [1] } }),
  ],
  ["expire", (scope) => changeLease(scope, { key: "agent:main:explicit:l", order: { what: "expire" } })],
  ["refresh", (scope) => changeLease(scope, { key: "agent:main:main", order: { what: "refresh" } })],
  ["import", importAll],
  ["create with a transcript", (scope) => createSession(scope, { label: "Bob", transcript: true })],
];

const recovered = (fs: MemoryFs) => recoverStore(hostOver(fs, 900), sessionsDir, { lockTimeoutMs: 1000 });

const make = (fs: MemoryFs, firstId: number) => createSession(scopeOn(fs, firstId), { transcript: true });

let count = 0;
afterAll(() => {
  process.stdout.write(`orders interrupted: ${count}\n`);
});

describe.each(orders)("%s", (_name, order) => {
  const run = async (fs: MemoryFs) => order(scopeOn(fs));

  async function promises() {
    const after = fromState(start());
    await run(after);
    return storePromises([sessionsDir], fromState(start()), [after]);
  }

  test("stopped at any moment, a recovery leaves all or nothing", async () => {
    const promised = await promises();
    const { points } = await runCrashMatrix(
      {
        name: "order",
        start: start(),
        run,
        recover: (fs) => recovered(fs),
        checkCrashed: (fs) => checkIndexIsWhole(promised, fs),
        check: (fs) => checkPromises(promised, fs),
      },
      40,
    );
    count += points;
    expect(points).toBeGreaterThan(20);
  });

  test("whatever a call answers, it is done or it is not", async () => {
    const promised = await promises();
    const calls = await countCalls({ start: start(), run });
    expect(calls).toBeGreaterThan(50);
    for (let n = 1; n <= calls; n += 61) {
      for (const { fault } of faultsAt(n)) {
        const fs = fromState(start(), { fault });
        count += 1;
        // oxlint-disable-next-line no-await-in-loop -- one fault after the other
        await run(fs).catch(() => undefined);
        const next = fromState(fs.state());
        // oxlint-disable-next-line no-await-in-loop -- one fault after the other
        await recovered(next);
        // A file that could not be told to be nobody else's stays, and a warning says so.
        checkIndexIsWhole(promised, next);
        checkBytesKept(promised.before, diskTree(next), [sessionsDir]);
      }
    }
  });

  test("undo brings back every byte", async () => {
    const fs = fromState(start());
    const { answer } = await run(fs);
    expect(visible(fs)).not.toEqual({ "sessions.json": index, ...files });
    await undone(fs, answer.operationId ?? undefined);
    expect(visible(fs)).toEqual({ "sessions.json": index, ...files });
  });
});

test("a store that was being made when it stopped is whole or not there, and can be made", async () => {
  const empty = diskWith({}).state();
  for (const [n, state] of (await crashStates(empty, (fs) => make(fs, 1))).entries()) {
    if (n % 7 !== 0) continue;
    const fs = fromState(state);
    count += 1;
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    const { answer } = await make(fs, 700);
    const rows = rowsOf(fs);
    expect(rows[answer.key]).toEqual(answer.entry);
    const named = Object.keys(rows).map((key) => `${key.split(":").at(-1)}.jsonl`);
    expect(Object.keys(visible(fs)).filter((name) => name.endsWith(".jsonl"))).toEqual(named.toSorted());
  }
});
