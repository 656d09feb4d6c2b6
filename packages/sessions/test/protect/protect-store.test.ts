/* oxlint-disable no-await-in-loop -- one step follows another by intent */
import { join } from "node:path";
import {
  type EngineHost,
  isStoreError,
  openSessionStore,
  type JsonObject,
  type SessionStore,
} from "@sessionsmith/core/store";
import {
  fromState,
  type MemoryFs,
  memoryFs,
  memoryHost,
  sessionStoreContract,
  tree,
  writeTree,
} from "@sessionsmith/testkit";
import { array, assert, asyncProperty, constantFrom, nat, oneof, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Keyring } from "../../src/encryption/keyring.ts";
import { protectStore } from "../../src/protect/protect-store.ts";
import type { ProtectedTranscripts } from "../../src/protect/protection.ts";
import { readRowSeal } from "../../src/encryption/row-seal.ts";
import { countedBytes, testKeyring } from "../encryption/test-keys.ts";

const dir = "/bot/sessions";
const rows = { "agent:main:one": { sessionId: "s1" }, "agent:main:two": { sessionId: "s2" } };
const key = testKeyring("a");

function diskWith(sessions: object = rows): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, dir, { "sessions.json": JSON.stringify(sessions) });
  return fs;
}

let seed = 0;

/** A process of its own that opens the store. */
async function open(
  fs: MemoryFs,
  { keyring, encrypts = true }: { readonly keyring?: Keyring | undefined; readonly encrypts?: boolean } = {
    keyring: key,
  },
): Promise<SessionStore> {
  const host: EngineHost = {
    ...memoryHost(fs, (seed += 1000)),
    sleep: () => new Promise((done) => setImmediate(done)),
  };
  const store = await openSessionStore(dir, { host });
  const transcripts: ProtectedTranscripts = {
    protection: { keyring, encrypts, random: countedBytes((seed += 1)) },
    known: new Map(),
    opening: new Map(),
    codecs: new Map(),
    pending: new Map(),
    keys: new Map(),
  };
  return protectStore(store, transcripts);
}

const say = (said: string, role = "user"): JsonObject => ({
  type: "message",
  message: { role, content: said },
});

function text(fs: MemoryFs, name: string): string {
  const found = fs.withFile(join(dir, name), (file) => {
    const bytes = Buffer.alloc(file.fact.size);
    file.read(bytes, 0);
    return bytes.toString("utf8");
  });
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Puts another text in the place of a file, as somebody else would. */
function replace(fs: MemoryFs, name: string, content: string): void {
  fs.otherProcess().unlink(join(dir, name));
  writeTree(fs, dir, { [name]: content });
}

function everyByte(fs: MemoryFs): string {
  const files = [...tree(fs, "/bot")].filter(([, { kind }]) => kind === "file");
  return files.map(([, { bytes }]) => bytes?.toString("latin1") ?? "").join("\n");
}

const records = (store: SessionStore, sessionId = "s1") =>
  store.read(sessionId, (transcript) => [...transcript.oldestFirst()].map((line) => line.record));

const newest = (store: SessionStore, count = 100) =>
  store.read("s1", (transcript) => {
    const found: JsonObject[] = [];
    for (const line of transcript.newestFirst()) if (found.push(line.record) === count) break;
    return found;
  });

describe("a protected store keeps the contract of session stores", () => {
  const contract = sessionStoreContract(async (given) => {
    const fs = diskWith(given);
    return () => open(fs);
  });
  test.each(contract)("$name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});

describe("a protected store", () => {
  test("has nothing of what was said on the disk, and gives all of it back", async () => {
    const fs = diskWith();
    const store = await open(fs);
    await store.append("s1", say("SEVEN MILLION"));
    await store.append("s1", (last) => ({ ...say("AUNT EMMA"), after: last ?? null }));
    expect(everyByte(fs)).not.toMatch(/SEVEN|EMMA/);
    expect(await records(store)).toEqual([
      say("SEVEN MILLION"),
      { ...say("AUNT EMMA"), after: say("SEVEN MILLION") },
    ]);
    expect(await newest(await open(fs), 1)).toEqual([{ ...say("AUNT EMMA"), after: say("SEVEN MILLION") }]);
    expect(await (await open(fs)).preview("s1", { limit: 5, maxChars: 5 })).toEqual([
      { role: "user", text: "SEVEN" },
      { role: "user", text: "AUNT " },
    ]);
  });

  test("the row vouches for a transcript before there is a line in it, and with the next update for all", async () => {
    const fs = diskWith();
    const store = await open(fs);
    const seal = async () => readRowSeal(JSON.parse(text(fs, "sessions.json"))["agent:main:one"]);
    await store.append("s1", say("one"));
    expect(await seal()).toMatchObject({ session: "s1", count: 0 });
    await store.update((sessions) => sessions.set("agent:main:two", { sessionId: "s2", label: "x" }));
    expect(await seal()).toMatchObject({ count: 1 });
    await store.append("s1", say("two"));
    await store.close();
    expect(await seal()).toMatchObject({ count: 2 });
  });

  test("two processes at once lose nothing", async () => {
    const fs = diskWith();
    const stores = await Promise.all([open(fs), open(fs), open(fs)]);
    const said = stores.flatMap((store, n) => [0, 1, 2, 3].map((m) => ({ store, line: say(`${n}.${m}`) })));
    await Promise.all(said.map(({ store, line }) => store.append("s1", line, { fsync: "batch" })));
    for (const store of stores) await store.close();
    const found = await records(await open(fs));
    expect(found).toHaveLength(12);
    expect(new Set(found?.map((line) => JSON.stringify(line)))).toEqual(
      new Set(said.map(({ line }) => JSON.stringify(line))),
    );
  });

  test("without the key, and with another one, nothing is read or added; a preview shows that there is something", async () => {
    const fs = diskWith();
    const store = await open(fs);
    await store.append("s1", say("SEVEN MILLION"));
    await store.close();
    const without = await open(fs, { encrypts: false });
    const other = await open(fs, { keyring: testKeyring("b") });
    for (const blind of [without, other]) {
      await expect(records(blind)).rejects.toMatchObject({ code: "E_KEY" });
      await expect(newest(blind)).rejects.toMatchObject({ code: "E_KEY" });
      await expect(blind.append("s1", say("x"))).rejects.toMatchObject({ code: "E_KEY" });
    }
    expect(await without.preview("s1", { limit: 5, maxChars: 50 })).toEqual([
      { role: "encrypted", text: "[encrypted]" },
    ]);
  });

  test("adds nothing to a plain transcript if everything is to be encrypted, and reads it", async () => {
    const fs = diskWith();
    const plain = await open(fs, { encrypts: false });
    await plain.append("s1", say("plain"));
    const store = await open(fs);
    expect(await records(store)).toEqual([say("plain")]);
    await expect(store.append("s1", say("x"))).rejects.toMatchObject({ code: "E_REFUSED" });
    expect(await records(plain)).toEqual([say("plain")]);
  });
});

async function written() {
  const fs = diskWith();
  const store = await open(fs);
  for (const line of ["one", "two", "three"]) await store.append("s1", say(line));
  await store.close();
  return { fs, lines: text(fs, "s1.jsonl").split("\n") };
}
/** How a reader ends that begins at either end. */
const refused = (fs: MemoryFs) =>
  Promise.all(
    [records, newest].map(async (look) => {
      const store = await open(fs);
      return look(store).then(
        () => "read",
        (error: unknown) => (isStoreError(error) ? error.code : error),
      );
    }),
  );
const tampered = ["E_TAMPERED", "E_TAMPERED"];

describe("a protected store is not deceived", () => {
  test.each([
    ["a line cut off", (lines: readonly string[]) => [...lines.slice(0, -2), ""]],
    ["all lines cut off", (lines: readonly string[]) => [...lines.slice(0, 2), ""]],
    ["all but the header cut off", (lines: readonly string[]) => [lines[0], ""]],
    ["two lines swapped", ([h, o, a, b, ...rest]: readonly string[]) => [h, o, b, a, ...rest]],
    ["a line again", ([h, o, a, ...rest]: readonly string[]) => [h, o, a, a, ...rest]],
    ["a line left out", ([h, o, _a, ...rest]: readonly string[]) => [h, o, ...rest]],
    ["a line that is no record", ([h, o, _a, ...rest]: readonly string[]) => [h, o, "garbage", ...rest]],
    ["a plain line", ([h, o, a, ...rest]: readonly string[]) => [h, o, a, JSON.stringify(say("x")), ...rest]],
    ["a plain transcript", ([h]: readonly string[]) => [h, JSON.stringify(say("x")), ""]],
  ])("%s", async (_, change) => {
    const { fs, lines } = await written();
    replace(fs, "s1.jsonl", change(lines).join("\n"));
    expect(await refused(fs)).toEqual(tampered);
  });

  test("a transcript that is gone, and one whose row does not vouch for it any more", async () => {
    const { fs } = await written();
    const gone = fromState(fs.state());
    gone.otherProcess().unlink(join(dir, "s1.jsonl"));
    expect(await refused(gone)).toEqual(tampered);
    replace(fs, "sessions.json", JSON.stringify(rows));
    expect(await refused(fs)).toEqual(tampered);
    await expect((await open(fs)).append("s1", say("x"))).rejects.toMatchObject({ code: "E_TAMPERED" });
  });

  test("the transcript of another session, or of an earlier time of this one", async () => {
    const { fs } = await written();
    const store = await open(fs);
    await store.append("s2", say("other"));
    const earlier = text(fs, "s1.jsonl");
    await store.append("s1", say("four"));
    await store.close();
    const own = text(fs, "s1.jsonl");
    for (const content of [text(fs, "s2.jsonl"), text(fs, "s2.jsonl").replace("s2", "s1"), earlier]) {
      replace(fs, "s1.jsonl", content);
      expect(await refused(fs)).toEqual(tampered);
    }
    replace(fs, "s1.jsonl", own);
    expect(await records(await open(fs))).toHaveLength(4);
  });
});

const act = async (
  store: SessionStore,
  one: { do: string; session: string; said: string; count?: number },
) => {
  const line = say(one.said, one.said.length % 2 === 0 ? "user" : "assistant");
  if (one.do === "append") return store.append(one.session, line);
  if (one.do === "batch") return store.append(one.session, line, { fsync: "batch" });
  if (one.do === "make")
    return store.append(one.session, (last) => ({ ...line, after: last?.["type"] ?? null }));
  if (one.do === "update")
    return store.update((sessions) =>
      sessions.set("agent:main:two", { ...sessions.get("agent:main:two"), x: one.said }),
    );
  if (one.do === "preview") return store.preview(one.session, { limit: 3, maxChars: 7 });
  return store.read(one.session, (transcript) => {
    const found: JsonObject[] = [];
    const lines = one.do === "oldest" ? transcript.oldestFirst() : transcript.newestFirst();
    for (const { record: stored } of lines) if (found.push(stored) === (one.count ?? 100)) break;
    return found;
  });
};

test("whatever is done, an encrypted store answers as a plain one does (property)", async () => {
  const session = constantFrom("s1", "s2");
  const action = oneof(
    record({ do: constantFrom("append", "batch", "make"), session, said: string({ maxLength: 12 }) }),
    record({ do: constantFrom("reopen", "update", "newest", "oldest", "preview"), session, said: string() }),
    record({ do: constantFrom("few"), session, said: string(), count: nat(4) }),
  );
  await assert(
    asyncProperty(array(action, { maxLength: 14 }), async (actions) => {
      const [encrypted, plain] = [diskWith(), diskWith()];
      let [left, right] = [await open(encrypted), await open(plain, { encrypts: false })];
      for (const one of actions) {
        if (one.do === "reopen") {
          await left.close();
          await right.close();
          [left, right] = [await open(encrypted), await open(plain, { encrypts: false })];
        }
        expect(await act(left, one)).toEqual(await act(right, one));
      }
    }),
    { numRuns: 60 },
  );
});
