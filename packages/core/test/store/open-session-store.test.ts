import { describe, expect, test } from "vitest";
import { loadSessionStore, openSessionStore, saveSessionStore, updateSessionStore } from "../../src/store.ts";
import { indexOf, indexPath, memoryStore, sessionsDir, textAt } from "./memory-store.ts";

const newPath = "/home/user/bots/a/sessions/sessions.json";

/** The first bytes of OpenClaw's database of an agent, with sessions in it. */
function sqliteDatabase(): Buffer {
  const header = Buffer.alloc(4096);
  header.write("SQLite format 3\0", 0, "latin1");
  header.writeUInt16BE(4096, 16);
  header.writeUInt8(1, 18);
  header.writeUInt8(1, 19);
  header.writeUInt32BE(4, 60);
  return header;
}

describe("a store that is not there", () => {
  test("is not found, and nothing is made", async () => {
    const { fs, host } = memoryStore({});
    await expect(openSessionStore(newPath, { host })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    await expect(updateSessionStore(newPath, () => 1, { host })).rejects.toMatchObject({
      code: "E_NOT_FOUND",
    });
    expect(fs.mutations()).toBe(0);
  });

  test("is made with create: directories 0700, an empty index 0600", async () => {
    const { fs, host } = memoryStore({});
    const store = await openSessionStore(newPath, { host, create: true });
    expect([textAt(fs, newPath), fs.lstat(newPath)?.mode]).toEqual(["{}", 0o600]);
    const modes = ["bots", "bots/a", "bots/a/sessions"].map((dir) => fs.lstat(`/home/user/${dir}`)?.mode);
    expect(modes).toEqual([0o700, 0o700, 0o700]);
    expect(fs.readdir("/home/user/bots/a/sessions")).toEqual([".sessionsmith", "sessions.json"]);
    await store.update((sessions) => sessions.set("agent:a:main", { sessionId: "s" }));
    expect(textAt(fs, newPath)).toBe('{\n  "agent:a:main": {\n    "sessionId": "s"\n  }\n}');
  });

  test("is made by load and update as well, and one that is there is left alone", async () => {
    const { fs, host } = memoryStore({});
    expect((await loadSessionStore(newPath, { host, create: true })).size).toBe(0);
    const add = (key: string) =>
      updateSessionStore(newPath, (sessions) => sessions.set(key, {}), { host, create: true });
    await add("a");
    await add("b");
    expect([...(await loadSessionStore(newPath, { host, create: true })).keys()]).toEqual(["a", "b"]);
    expect(fs.readdir("/home/user/bots/a/sessions")).toEqual([".sessionsmith", "sessions.json"]);
  });

  test.each([
    ["/home/user/new", "/home/user/new/sessions.json"],
    ["/home/user/new.json", "/home/user/new.json"],
    ["~/new", "/home/user/new/sessions.json"],
    ["new", "/home/user/new/sessions.json"],
    [sessionsDir, indexPath],
  ])("is made where the path says: %s", async (path, expected) => {
    const { fs, host } = memoryStore({});
    const store = await openSessionStore(path, { host, create: true });
    expect([store.path, textAt(fs, expected)]).toEqual([expected, "{}"]);
  });

  test("is never made where an index is missing beside transcripts", async () => {
    const { host, names } = memoryStore({ "s1.jsonl": "{}\n" });
    await expect(openSessionStore(indexPath, { host, create: true })).rejects.toMatchObject({
      code: "E_CORRUPT_INDEX",
    });
    expect(names()).toEqual(["s1.jsonl"]);
  });
});

describe("a store in the era of SQLite", () => {
  const database = { "../agent/openclaw-agent.sqlite": sqliteDatabase() };

  test("is refused, also with create", async () => {
    const { host, names } = memoryStore(database);
    for (const create of [false, true]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(openSessionStore(indexPath, { host, create })).rejects.toMatchObject({
        code: "E_SQLITE_ERA",
      });
    }
    expect(names()).toEqual([]);
  });

  test("is read if an index is there too, and says so, but never written", async () => {
    const index = indexOf({ a: { sessionId: "s" } });
    const { host, text } = memoryStore({ ...database, "sessions.json": index });
    const sessions = await loadSessionStore(indexPath, { host });
    expect([sessions.era, sessions.size]).toEqual(["mixed", 1]);
    sessions.delete("a");
    const refused = { code: "E_SQLITE_ERA" };
    await expect(saveSessionStore(indexPath, sessions, { host })).rejects.toMatchObject(refused);
    await expect(updateSessionStore(indexPath, () => 1, { host })).rejects.toMatchObject(refused);
    const store = await openSessionStore(indexPath, { host });
    await expect(store.append("s", {})).rejects.toMatchObject(refused);
    expect(text("sessions.json")).toBe(index);
  });
});

test("an index that can't be read stops everything, and stays", async () => {
  const { fs, host, text } = memoryStore({ "sessions.json": '{"a":' });
  const refused = { code: "E_CORRUPT_INDEX" };
  await expect(openSessionStore(indexPath, { host, create: true })).rejects.toMatchObject(refused);
  await expect(updateSessionStore(indexPath, () => 1, { host })).rejects.toMatchObject(refused);
  expect([text("sessions.json"), fs.mutations()]).toEqual(['{"a":', 0]);
});

test("a blank path and a bad timeout are usage errors", async () => {
  const { host } = memoryStore({});
  await expect(openSessionStore(" ", { host })).rejects.toMatchObject({ code: "E_USAGE" });
  await expect(openSessionStore(sessionsDir, { host, lockTimeoutMs: Number.NaN })).rejects.toMatchObject({
    code: "E_USAGE",
  });
});
