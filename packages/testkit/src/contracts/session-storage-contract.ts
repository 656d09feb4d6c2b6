import { deepStrictEqual, equal, ok, rejects } from "node:assert/strict";
import type { JsonObject, SessionChange, SessionStorage } from "@sessionsmith/core/store";

/** One thing that every storage of a session manager must do; for `test.each`. */
export interface SessionStorageCase {
  readonly name: string;
  /** Rejects with an AssertionError if the storage does something else. */
  readonly check: () => Promise<void>;
}

/** Makes a storage that holds these rows, in this order; what is returned opens it, again and again. */
export type MakeStorage = (
  rows: Readonly<Record<string, JsonObject>>,
) => Promise<() => Promise<SessionStorage>>;

type Check = (open: () => Promise<SessionStorage>) => Promise<void>;

const key = "agent:main:one";
const rows = {
  [key]: { sessionId: "s1", updatedAt: 1_790_000_000_000, label: "one" },
  "agent:main:two": { sessionId: "s2", updatedAt: 1_780_000_000_000 },
};

const say = (text: string): JsonObject => ({ type: "message", message: { role: "user", content: text } });
const note = { name: "before", description: "a note" };

/** Changes a row, and keeps what else is in it. */
const withField =
  (name: string, value: string): SessionChange["changeEntry"] =>
  (entry) => ({ ...entry, [name]: value });

async function saidIn(storage: SessionStorage, sessionId = "s1"): Promise<readonly unknown[] | undefined> {
  return storage.store.read(sessionId, (transcript) =>
    [...transcript.oldestFirst()].map(({ record }) => record),
  );
}

async function speak(storage: SessionStorage, ...texts: readonly string[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one line after the other
  for (const text of texts) await storage.store.append("s1", say(text), { needsRow: true });
}

const checks: Readonly<Record<string, Check>> = {
  "clear takes the lines and keeps the session, which goes on": async (open) => {
    const storage = await open();
    await speak(storage, "one", "two");
    await storage.clear({ key, sessionId: "s1", changeEntry: withField("cleared", "yes") });
    deepStrictEqual(await saidIn(storage), []);
    const row = await storage.store.get(key);
    deepStrictEqual([row?.["sessionId"], row?.["label"], row?.["cleared"]], ["s1", "one", "yes"]);
    await speak(storage, "three");
    deepStrictEqual(await saidIn(await open()), [say("three")]);
  },
  "clear of a session without lines changes its row only": async (open) => {
    const storage = await open();
    await storage.clear({ key, sessionId: "s1", changeEntry: withField("cleared", "yes") });
    equal(await saidIn(storage), undefined);
    equal((await storage.store.get(key))?.["cleared"], "yes");
  },
  "reset gives the key another session, without lines": async (open) => {
    const storage = await open();
    await speak(storage, "one");
    const renewal = { newSessionId: "s9", reason: "reset" } as const;
    await storage.reset({ key, sessionId: "s1", ...renewal, changeEntry: withField("kept", "yes") });
    equal(await saidIn(storage), undefined);
    equal(await saidIn(storage, "s9"), undefined);
    const row = await storage.store.get(key);
    deepStrictEqual([row?.["sessionId"], row?.["label"], row?.["kept"]], ["s9", "one", "yes"]);
    await storage.store.append("s9", say("new"), { needsRow: true });
    await rejects(storage.store.append("s1", say("old"), { needsRow: true }), { code: "E_NOT_FOUND" });
    deepStrictEqual(await saidIn(await open(), "s9"), [say("new")]);
  },
  "a session that is not there, or not there any more, is told and nothing is changed": async (open) => {
    const storage = await open();
    await speak(storage, "one");
    const wrong = { key, sessionId: "other", changeEntry: withField("x", "y") };
    await rejects(storage.clear(wrong), { code: "E_NOT_FOUND" });
    await rejects(storage.reset({ ...wrong, newSessionId: "s9", reason: "new" }), { code: "E_NOT_FOUND" });
    await rejects(storage.remove({ sessions: [wrong], checkpointIds: [] }), { code: "E_NOT_FOUND" });
    await rejects(storage.saveCheckpoint({ ...wrong, note, entry: {} }), { code: "E_NOT_FOUND" });
    await rejects(storage.deleteCheckpoint("00000000-0000-4000-8000-00000000000f"), { code: "E_NOT_FOUND" });
    const none = { ...wrong, sessionId: "s1", checkpointId: "00000000-0000-4000-8000-00000000000f" };
    await rejects(storage.restoreCheckpoint(none), { code: "E_NOT_FOUND" });
    equal((await storage.store.get(key))?.["x"], undefined);
    deepStrictEqual(await saidIn(storage), [say("one")]);
  },
  "remove takes sessions out, with the checkpoints that are named": async (open) => {
    const storage = await open();
    await speak(storage, "one");
    const draft = { key, sessionId: "s1", note, entry: {} };
    const gone = await storage.saveCheckpoint(draft);
    const kept = await storage.saveCheckpoint(draft);
    await storage.remove({ sessions: [{ key, sessionId: "s1" }], checkpointIds: [gone.id] });
    equal(await storage.store.get(key), undefined);
    equal(await saidIn(storage), undefined);
    deepStrictEqual(
      (await storage.listCheckpoints()).map(({ id }) => id),
      [kept.id],
    );
    deepStrictEqual([...(await storage.store.load()).keys()], ["agent:main:two"]);
  },
  "a checkpoint keeps the lines, whatever becomes of the session, and brings them back": async (open) => {
    const storage = await open();
    await speak(storage, "one", "two");
    const saved = await storage.saveCheckpoint({ key, sessionId: "s1", note, entry: { label: "kept" } });
    deepStrictEqual([saved.key, saved.sessionId, saved.messageCount], [key, "s1", 2]);
    deepStrictEqual([saved.note, saved.entry], [note, { label: "kept" }]);
    deepStrictEqual(await (await open()).listCheckpoints(), [saved]);
    await speak(storage, "three");
    const change = { key, sessionId: "s1", changeEntry: withField("restored", "yes") };
    await storage.restoreCheckpoint({ ...change, checkpointId: saved.id });
    deepStrictEqual(await saidIn(storage), [say("one"), say("two")]);
    equal((await storage.store.get(key))?.["restored"], "yes");
    await speak(storage, "four");
    deepStrictEqual(await saidIn(await open()), [say("one"), say("two"), say("four")]);
    await storage.restoreCheckpoint({ ...change, checkpointId: saved.id });
    deepStrictEqual(await saidIn(await open()), [say("one"), say("two")]);
  },
  "a checkpoint of an earlier session of the key, rewritten on its way": async (open) => {
    const storage = await open();
    await speak(storage, "one");
    const saved = await storage.saveCheckpoint({ key, sessionId: "s1", note, entry: {} });
    const keep = withField("kept", "yes");
    await storage.reset({ key, sessionId: "s1", newSessionId: "s9", reason: "new", changeEntry: keep });
    await storage.restoreCheckpoint({
      key,
      sessionId: "s9",
      checkpointId: saved.id,
      changeEntry: (entry, lines) => {
        // The lines as they are stored, and as often as they are asked for.
        deepStrictEqual([...lines], [say("one")]);
        deepStrictEqual([...lines], [say("one")]);
        return keep(entry);
      },
      rewrite: function* (lines) {
        yield say("first");
        for (const line of lines) yield { ...line, again: true };
      },
    });
    deepStrictEqual(await saidIn(await open(), "s9"), [say("first"), { ...say("one"), again: true }]);
    equal((await storage.store.get(key))?.["sessionId"], "s9");
  },
  "a checkpoint of a session that is gone brings its row back": async (open) => {
    const storage = await open();
    await speak(storage, "one");
    const entry = { sessionId: "s1", label: "kept" };
    const saved = await storage.saveCheckpoint({ key, sessionId: "s1", note, entry });
    await storage.remove({ sessions: [{ key, sessionId: "s1" }], checkpointIds: [] });
    const change = { key, sessionId: "s1", changeEntry: withField("restored", "yes") };
    await storage.restoreCheckpoint({ ...change, checkpointId: saved.id });
    const row = await (await open()).store.get(key);
    deepStrictEqual([row?.["sessionId"], row?.["label"], row?.["restored"]], ["s1", "kept", "yes"]);
    deepStrictEqual(await saidIn(await open()), [say("one")]);
  },
  "a checkpoint that is deleted is not there any more, and the others are": async (open) => {
    const storage = await open();
    const draft = { key, sessionId: "s1", note, entry: {} };
    const first = await storage.saveCheckpoint(draft);
    const second = await storage.saveCheckpoint({ ...draft, note: { name: "second" } });
    equal(first.messageCount, 0);
    await storage.deleteCheckpoint(first.id);
    deepStrictEqual(await storage.listCheckpoints(), [second]);
    await rejects(storage.deleteCheckpoint(first.id), { code: "E_NOT_FOUND" });
  },
  "a function that throws changes nothing": async (open) => {
    const storage = await open();
    await speak(storage, "one");
    const own = new Error("own");
    const changeEntry = () => {
      throw own;
    };
    await rejects(storage.clear({ key, sessionId: "s1", changeEntry }), own);
    const renewal = { newSessionId: "s9", reason: "new" } as const;
    await rejects(storage.reset({ key, sessionId: "s1", ...renewal, changeEntry }), own);
    deepStrictEqual(await saidIn(storage), [say("one")]);
    equal((await storage.store.get(key))?.["sessionId"], "s1");
  },
  "settings are remembered, and an empty object before": async (open) => {
    const storage = await open();
    deepStrictEqual(await storage.readSettings(), {});
    await storage.writeSettings({ scope: "main", idleResetMinutes: 30 });
    await storage.writeSettings({ scope: "per-peer" });
    deepStrictEqual(await (await open()).readSettings(), { scope: "per-peer" });
  },
  "close closes the store as well": async (open) => {
    const storage = await open();
    await storage.close();
    await rejects(storage.store.load(), /closed/);
    ok((await (await open()).store.load()).size === 2);
  },
};

/** What every `SessionStorage` must do, each in a storage of its own. */
export function sessionStorageContract(makeStorage: MakeStorage): readonly SessionStorageCase[] {
  return Object.entries(checks).map(([name, check]) => ({
    name,
    check: async () => check(await makeStorage(rows)),
  }));
}
