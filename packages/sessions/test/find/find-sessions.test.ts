import { readSettings, scanIndex, type StoreTarget } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { findSessions, type SearchedStore, type Sought } from "../../src/find/find-sessions.ts";
import { requireOneSession } from "../../src/find/require-session.ts";
import { diskWith, hostOver, stateDir, targetOf } from "../change/changed-store.ts";

const settings = readSettings(hostOver(diskWith({})), `${stateDir}/openclaw.json`, stateDir);

function store(rows: object | string, target: StoreTarget = targetOf("main")): SearchedStore {
  const scan = scanIndex(Buffer.from(typeof rows === "string" ? rows : JSON.stringify(rows)));
  if (!scan.readable) throw new Error("the index of this test is not readable");
  return { target, document: scan.document };
}

const main = store({
  "agent:main:main": { sessionId: "s1", updatedAt: 1 },
  "agent:main:telegram:direct:7": { sessionId: "s2", label: "alice" },
  "agent:main:cron:job": { sessionId: "s3" },
  "agent:main:cron:job:run:1": { sessionId: "s3", label: "s2" },
  odd: { sessionId: "s4" },
});

const keysFor = (sought: Sought, stores: readonly SearchedStore[] = [main]) =>
  findSessions(stores, sought, settings).map(({ row, by }) => `${by} ${row.key}`);

describe("findSessions", () => {
  test("a key as it stands comes first, then any spelling that means the same", () => {
    expect(keysFor({ text: "odd" })).toEqual(["key odd"]);
    expect(keysFor({ text: "agent:main:odd" })).toEqual(["key odd"]);
    expect(keysFor({ text: "main" })).toEqual(["key agent:main:main"]);
    expect(keysFor({ text: "AGENT:Main:Telegram:direct:7" })).toEqual(["key agent:main:telegram:direct:7"]);
  });

  test("a session id finds every row that has it", () => {
    expect(keysFor({ text: "s3" })).toEqual([
      "session-id agent:main:cron:job",
      "session-id agent:main:cron:job:run:1",
    ]);
  });

  test("where a word is one row's id and another row's label, both are found", () => {
    expect(keysFor({ text: "s2" })).toEqual([
      "session-id agent:main:telegram:direct:7",
      "label agent:main:cron:job:run:1",
    ]);
    expect(keysFor({ text: "s2", as: "label" })).toEqual(["label agent:main:cron:job:run:1"]);
  });

  test("a glob is about keys, and only if nothing is called so", () => {
    expect(keysFor({ text: "agent:main:cron:*" })).toHaveLength(2);
    expect(keysFor({ text: "*:7" })).toEqual(["glob agent:main:telegram:direct:7"]);
    expect(keysFor({ text: "s9" })).toEqual([]);
  });

  test("rows are looked for in every store, and each is found once", () => {
    const work = store({ "agent:work:x": { sessionId: "s1", label: "s1" } }, targetOf("work"));
    expect(keysFor({ text: "s1" }, [main, work])).toEqual([
      "session-id agent:main:main",
      "session-id agent:work:x",
    ]);
  });

  test("the row that counts is found, and one that is not understood by its key alone", () => {
    const odd = store('{"a":{"sessionId":"old"},"a":{"sessionId":"new"},"b":7}');
    expect(keysFor({ text: "old" }, [odd])).toEqual([]);
    expect(keysFor({ text: "new" }, [odd])).toEqual(["session-id a"]);
    expect(keysFor({ text: "b" }, [odd])).toEqual(["key b"]);
  });

  test("a key without an agent belongs to the default agent, where several share an index", () => {
    const shared = store({ odd: {}, "agent:work:x": {} }, { ...targetOf("work"), onlyAgentRows: true });
    expect(keysFor({ text: "odd" }, [shared])).toEqual([]);
    expect(keysFor({ text: "*" }, [shared])).toEqual(["glob agent:work:x"]);
  });
});

const found = (text: string) => requireOneSession(text, findSessions([main], { text }, settings));

describe("requireOneSession", () => {
  test("the only one", () => {
    expect(found("alice").row.key).toBe("agent:main:telegram:direct:7");
  });

  test("none is not found, several are listed", () => {
    expect(() => found("nobody")).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
    expect(() => found("s3")).toThrow(
      expect.objectContaining({
        code: "E_USAGE",
        details: {
          session: "s3",
          candidates: [
            expect.objectContaining({
              key: "agent:main:cron:job",
              sessionId: "s3",
              label: null,
              by: "session-id",
            }),
            expect.objectContaining({ key: "agent:main:cron:job:run:1", label: "s2" }),
          ],
        },
      }),
    );
  });
});
