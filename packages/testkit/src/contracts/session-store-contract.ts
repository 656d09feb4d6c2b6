import { deepStrictEqual, equal, ok, rejects } from "node:assert/strict";
import type { JsonObject, LoadedSessions, SessionStore } from "@sessionsmith/core/store";

/** One thing that every session store must do; for `test.each`. */
export interface SessionStoreCase {
  readonly name: string;
  /** Rejects with an AssertionError if the store does something else. */
  readonly check: () => Promise<void>;
}

/** Makes a store that holds these rows, in this order; what is returned opens it, again and again. */
export type MakeStore = (rows: Readonly<Record<string, JsonObject>>) => Promise<() => Promise<SessionStore>>;

type Check = (open: () => Promise<SessionStore>) => Promise<void>;

const one = { sessionId: "s1", updatedAt: 1_790_000_000_000, label: "one", deep: { list: [1, { a: null }] } };
const two = { sessionId: "s2", updatedAt: 1_780_000_000_000, unknown: [true, "x"] };
const say = (text: string) => ({ type: "message", message: { role: "user", content: text } });
const next = (last: JsonObject | undefined) => ({ type: "custom", n: Number(last?.["n"] ?? 0) + 1 });
const rows = { "agent:main:one": one, "agent:main:two": two };

const count = (sessions: LoadedSessions) => {
  const row = sessions.get("agent:main:one");
  if (row !== undefined) row["count"] = Number(row["count"] ?? 0) + 1;
};

const checks: Readonly<Record<string, Check>> = {
  "load gives all rows, in the order of the store": async (open) => {
    const sessions = await (await open()).load();
    deepStrictEqual([...sessions], Object.entries(rows));
    deepStrictEqual([sessions.size, sessions.notUnderstood.size], [2, 0]);
    deepStrictEqual([...sessions.keys()], Object.keys(rows));
  },
  "get gives one row, or undefined": async (open) => {
    const store = await open();
    deepStrictEqual(await store.get("agent:main:two"), two);
    equal(await store.get("agent:main:none"), undefined);
    equal(await store.get("__proto__"), undefined);
    equal(await store.get("constructor"), undefined);
  },
  "update changes, adds and removes rows, and returns what its function returns": async (open) => {
    const store = await open();
    const size = await store.update((sessions) => {
      const row = sessions.get("agent:main:one");
      if (row !== undefined) row["label"] = "changed";
      sessions.set("agent:main:three", { sessionId: "s3" });
      equal(sessions.delete("agent:main:two"), true);
      equal(sessions.delete("agent:main:none"), false);
      return sessions.size;
    });
    equal(size, 2);
    const expected = [
      ["agent:main:one", { ...one, label: "changed" }],
      ["agent:main:three", { sessionId: "s3" }],
    ];
    deepStrictEqual([...(await store.load())], expected);
    deepStrictEqual([...(await (await open()).load())], expected);
  },
  "update takes and removes fields": async (open) => {
    const store = await open();
    await store.update((sessions) => {
      const { label: _label, ...rest } = sessions.get("agent:main:one") ?? {};
      sessions.set("agent:main:one", { ...rest, thinkingLevel: "high", gone: undefined });
    });
    const { label: _label, ...rest } = one;
    deepStrictEqual(await store.get("agent:main:one"), { ...rest, thinkingLevel: "high" });
  },
  "keys may be any text": async (open) => {
    const store = await open();
    const keys = ["__proto__", "constructor", "", "7", 'a"b\\c', "ключ", "a\u2028b"];
    await store.update((sessions) => {
      for (const key of keys) sessions.set(key, { sessionId: key });
    });
    const sessions = await (await open()).load();
    for (const key of keys) deepStrictEqual(sessions.get(key), { sessionId: key });
  },
  "a function that throws changes nothing": async (open) => {
    const store = await open();
    const own = new Error("own");
    await rejects(
      store.update((sessions) => {
        sessions.delete("agent:main:one");
        throw own;
      }),
      own,
    );
    deepStrictEqual([...(await store.load())], Object.entries(rows));
  },
  "an asynchronous function is refused, and changes nothing": async (open) => {
    const store = await open();
    await rejects(
      store.update(async (sessions) => sessions.delete("agent:main:one")),
      TypeError,
    );
    deepStrictEqual([...(await store.load())], Object.entries(rows));
  },
  "a value that JSON can't carry is refused, and changes nothing": async (open) => {
    const store = await open();
    await rejects(
      store.update((sessions) => sessions.set("agent:main:new", { tokens: Number.NaN })),
      { name: "TypeError", message: /agent:main:new\.tokens is NaN/ },
    );
    equal(await store.get("agent:main:new"), undefined);
  },
  "what a caller does to what it got reaches nobody else": async (open) => {
    const store = await open();
    const sessions = await store.load();
    const row = sessions.get("agent:main:one");
    if (row !== undefined) row["label"] = "mine";
    sessions.delete("agent:main:two");
    deepStrictEqual([...(await store.load())], Object.entries(rows));
    equal((await store.get("agent:main:one"))?.["label"], "one");
  },
  "save writes what was done to loaded sessions, and can be repeated": async (open) => {
    const store = await open();
    const sessions = await store.load();
    sessions.delete("agent:main:two");
    sessions.set("agent:main:new", { sessionId: "n" });
    await store.save(sessions);
    const added = sessions.get("agent:main:new");
    if (added !== undefined) added["label"] = "later";
    await store.save(sessions);
    await store.save(sessions);
    deepStrictEqual(
      [...(await (await open()).load())],
      [
        ["agent:main:one", one],
        ["agent:main:new", { sessionId: "n", label: "later" }],
      ],
    );
  },
  "save keeps what others did to other rows": async (open) => {
    const store = await open();
    const sessions = await store.load();
    sessions.get("agent:main:two");
    await (await open()).update((theirs) => theirs.set("agent:main:two", { ...two, label: "theirs" }));
    sessions.set("agent:main:one", { ...one, label: "mine" });
    await store.save(sessions);
    sessions.set("agent:main:one", { ...one, label: "mine again" });
    await store.save(sessions);
    const now = await store.load();
    deepStrictEqual(
      [now.get("agent:main:one")?.["label"], now.get("agent:main:two")?.["label"]],
      ["mine again", "theirs"],
    );
  },
  "save overwrites no row that somebody else has changed, added or removed": async (open) => {
    const store = await open();
    const other = await open();
    const clashes: readonly Parameters<SessionStore["update"]>[0][] = [
      (sessions) => sessions.set("agent:main:one", { ...one, label: "theirs" }),
      (sessions) => sessions.set("agent:main:new", { sessionId: "theirs" }),
      (sessions) => sessions.delete("agent:main:two"),
    ];
    for (const clash of clashes) {
      // oxlint-disable-next-line no-await-in-loop -- one clash after the other
      const sessions = await store.load();
      sessions.set("agent:main:one", { sessionId: "mine" });
      sessions.set("agent:main:new", { sessionId: "mine" });
      sessions.delete("agent:main:two");
      // oxlint-disable-next-line no-await-in-loop
      await other.update(clash);
      // oxlint-disable-next-line no-await-in-loop
      const before = [...(await store.load())];
      // oxlint-disable-next-line no-await-in-loop
      await rejects(store.save(sessions), { code: "E_STALE_PLAN" });
      // oxlint-disable-next-line no-await-in-loop
      deepStrictEqual([...(await store.load())], before);
    }
  },
  "updates at the same time all count": async (open) => {
    const stores = await Promise.all([open(), open(), open()]);
    const updates = stores.flatMap((store) => Array.from({ length: 10 }, () => store.update(count)));
    await Promise.all(updates);
    equal((await (await open()).get("agent:main:one"))?.["count"], 30);
  },
  "withLock gives a store to work with, and nobody else gets in": async (open) => {
    const store = await open();
    const done: string[] = [];
    let later: Promise<void> | undefined;
    const answer = await store.withLock(async (locked) => {
      later = store.update(() => void done.push("outside"));
      await locked.update((sessions) => sessions.set("agent:main:new", { sessionId: "n" }));
      const sessions = await locked.load();
      sessions.delete("agent:main:new");
      await locked.save(sessions);
      done.push("inside");
      return "answer";
    });
    await later;
    deepStrictEqual([answer, done], ["answer", ["inside", "outside"]]);
  },
  "append makes a transcript and adds lines, and preview shows the last messages": async (open) => {
    const store = await open();
    equal(await store.preview("s1", { limit: 2, maxChars: 3 }), undefined);
    await store.append("s1", say("first"));
    await store.append("s1", say("second"), { fsync: "never" });
    await Promise.all(["third", "fourth"].map((text) => store.append("s1", say(text), { fsync: "batch" })));
    deepStrictEqual(await (await open()).preview("s1", { limit: 3, maxChars: 3 }), [
      { role: "user", text: "sec" },
      { role: "user", text: "thi" },
      { role: "user", text: "fou" },
    ]);
  },
  "append makes a line of the record that it follows": async (open) => {
    const store = await open();
    await store.append("s1", next);
    await Promise.all([1, 2].map(() => store.append("s1", next, { fsync: "batch" })));
    const numbers = await store.read("s1", (transcript) =>
      [...transcript.oldestFirst()].map(({ record }) => record["n"]),
    );
    deepStrictEqual(numbers, [1, 2, 3]);
  },
  "append that needs a row makes no transcript without one": async (open) => {
    const store = await open();
    await rejects(store.append("none", say("lost"), { needsRow: true }), { code: "E_NOT_FOUND" });
    equal(await store.read("none", () => true), undefined);
    await store.append("s2", say("kept"), { needsRow: true });
    equal(await store.read("s2", () => true), true);
  },
  "read gives the records from either end, each at its own place": async (open) => {
    const store = await open();
    equal(await store.read("s1", () => true), undefined);
    const lines = [say("first"), { type: "custom", customType: "x" }, say("third")];
    // oxlint-disable-next-line no-await-in-loop -- one line after the other
    for (const line of lines) await store.append("s1", line);
    const read = await (
      await open()
    ).read("s1", (transcript) => ({
      newest: [...transcript.newestFirst()],
      oldest: [...transcript.oldestFirst()],
    }));
    deepStrictEqual(
      read?.oldest.map(({ record }) => record),
      lines,
    );
    deepStrictEqual(read?.newest.toReversed(), read?.oldest);
    const places = read?.oldest.map(({ at }) => at) ?? [];
    ok(places.every((at, n) => n === 0 || at > (places[n - 1] ?? at)));
  },
  "a closed store is of no more use, and others go on": async (open) => {
    const store = await open();
    await store.close();
    await rejects(store.load(), /closed/);
    await rejects(
      store.update(() => undefined),
      /closed/,
    );
    const other = await open();
    ok((await other.load()).size === 2);
    await other.close();
  },
};

/** What every `SessionStore` must do, each in a store of its own. */
export function sessionStoreContract(makeStore: MakeStore): readonly SessionStoreCase[] {
  return Object.entries(checks).map(([name, check]) => ({
    name,
    check: async () => check(await makeStore(rows)),
  }));
}
