import { fromState, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { readMessagePresence } from "@sessionsmith/core";
import type { EncryptionResult } from "../../src/encryption/encryption-order.ts";
import {
  after,
  apply,
  encryptedStore,
  everyByte,
  headerLine,
  messageLine,
  plainStore,
  planned,
  recipesWith,
  rowOf,
  secrets,
  sessionsDir,
  text,
  undo,
  visible,
} from "./encrypted-store.ts";
import { testKeyring } from "./test-keys.ts";

const keyring = testKeyring();
const newKeyring = testKeyring("b");

const outcomes = (results: readonly EncryptionResult[]) =>
  results.map(({ transcript, outcome }) => {
    if (outcome.state === "skipped") return outcome.reason;
    if (outcome.state === "failed") return outcome.error.code;
    return [transcript, outcome.lines];
  });

describe("encrypt", () => {
  test("makes envelopes of all lines but the header, and tells of each session", async () => {
    const fs = fromState(plainStore());
    const plan = planned(fs, { task: "encrypt", keyring });
    expect(outcomes(plan.results)).toEqual([
      ["s1.jsonl", 2],
      ["s2.jsonl", 3],
      ["s3.jsonl", 0],
      "no-transcript",
    ]);
    await apply(fs, plan.plan);
    const [header, opening, ...lines] = text(fs, "s1.jsonl").split("\n");
    expect(header).toBe(headerLine("s1"));
    expect(opening).toContain('"customType":"sessionsmith.encrypted"');
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toBe("");
  });

  test("leaves no byte of what was said on the disk, in the trash neither", async () => {
    const before = everyByte(fromState(plainStore()));
    const found = everyByte(await encryptedStore());
    for (const secret of secrets) {
      expect(before).toContain(secret);
      expect(found).not.toContain(secret);
      expect(found).not.toContain(Buffer.from(secret).toString("base64").slice(0, 16));
    }
  });

  test("keeps what others and we have in the row, and every byte of the other fields", async () => {
    const fs = await encryptedStore();
    expect(text(fs, "sessions.json")).toContain('"x": 100');
    expect(rowOf(fs, "agent:main:direct:2")["pluginExtensions"]).toEqual({
      other: { a: [1] },
      sessionsmith: {
        lease: { user: "u", expiresAt: expect.any(Number) },
        encryption: {
          v: 1,
          session: "s2",
          key: { id: expect.any(String), salt: expect.any(String), scrypt: null },
          count: 3,
          tag: expect.any(String),
          header: expect.stringMatching(/^[0-9a-f]{64}$/),
          mac: expect.any(String),
        },
      },
    });
  });

  test("what a transcript is to others stays the same: a message, or none", async () => {
    const plain = fromState(plainStore());
    const fs = await encryptedStore();
    for (const name of ["s1.jsonl", "s3.jsonl"]) {
      const path = `${sessionsDir}/${name}`;
      expect(readMessagePresence(fs, path)).toBe(readMessagePresence(plain, path));
    }
  });

  test("does nothing the second time", async () => {
    const fs = await encryptedStore();
    const { plan, results } = planned(fs, { task: "encrypt", keyring });
    expect(outcomes(results)).toEqual([
      "already-encrypted",
      "already-encrypted",
      "already-encrypted",
      "no-transcript",
    ]);
    expect(plan.parts[0]?.steps).toEqual([]);
  });

  test("takes only what it was asked for", () => {
    const fs = fromState(plainStore());
    const plan = planned(fs, { task: "encrypt", keyring }, { selects: (key) => key.endsWith(":3") });
    expect(outcomes(plan.results)).toEqual([["s3.jsonl", 0]]);
    expect(plan.plan.parts[0]?.rows.map(({ reasons }) => reasons[0])).toEqual([
      "not-asked-for",
      "not-asked-for",
      "asked-for",
      "not-asked-for",
    ]);
  });

  test("leaves alone what is in use, is linked elsewhere, or has no header", () => {
    const fs = fromState(plainStore());
    const rows = {
      a: { sessionId: "s1", status: "running" },
      b: { sessionId: "s2" },
      c: { sessionId: "odd" },
      d: { sessionId: "half" },
    };
    writeTree(fs, sessionsDir, {
      "other.jsonl": { hardLink: "s2.jsonl" },
      "odd.jsonl": `${messageLine("user", "no header")}\n`,
      "half.jsonl": `${headerLine("half")}\n${messageLine("user", "x")}\n${JSON.stringify({
        type: "custom",
        customType: "sessionsmith.encrypted",
        data: { v: 1, n: 1 },
      })}\n`,
    });
    fs.otherProcess().unlink(`${sessionsDir}/sessions.json`);
    writeTree(fs, sessionsDir, { "sessions.json": JSON.stringify(rows) });
    const { plan, results } = planned(fs, { task: "encrypt", keyring });
    expect(outcomes(results)).toEqual(["in-use", "hard-linked", "E_REFUSED", "E_REFUSED"]);
    expect(plan.parts[0]?.steps).toEqual([]);
  });

  test("rows that share a transcript get the same seal", async () => {
    const fs = fromState(plainStore());
    const rows = { a: { sessionId: "s1" }, b: { sessionId: "s1", note: 1 } };
    fs.otherProcess().unlink(`${sessionsDir}/sessions.json`);
    writeTree(fs, sessionsDir, { "sessions.json": JSON.stringify(rows) });
    const plan = planned(fs, { task: "encrypt", keyring }, { selects: (key) => key === "b" });
    expect(plan.results.map(({ keys }) => keys)).toEqual([["a", "b"]]);
    await apply(fs, plan.plan);
    expect(rowOf(fs, "a")["pluginExtensions"]).toEqual(rowOf(fs, "b")["pluginExtensions"]);
  });
});

describe("the way back", () => {
  test("decrypt gives back every byte, with mode and time", async () => {
    const fs = await encryptedStore();
    await apply(fs, planned(fs, { task: "decrypt", keyring, withoutSeal: false }).plan, { firstId: 50 });
    const before = visible(fromState(plainStore()));
    const found = visible(fs);
    for (const name of ["s1", "s2", "s3"])
      expect(found.get(`${sessionsDir}/${name}.jsonl`)).toBe(before.get(`${sessionsDir}/${name}.jsonl`));
    expect(JSON.parse(text(fs, "sessions.json"))).toEqual(
      JSON.parse(text(fromState(plainStore()), "sessions.json")),
    );
  });

  test("undo gives back every byte, with mode and time, and the index too", async () => {
    const fs = await encryptedStore();
    await undo(fs, 0);
    expect(visible(fs)).toEqual(visible(fromState(plainStore())));
  });

  test("undo without the key is refused, and changes nothing", async () => {
    const fs = await encryptedStore();
    const before = visible(fs);
    await expect(undo(fs, 0, { recipes: recipesWith(newKeyring) })).rejects.toMatchObject({ code: "E_KEY" });
    expect(visible(fs)).toEqual(before);
  });

  test("the undo of an undo, of a decryption, and of that again leave nothing in clear", async () => {
    const encrypted = await encryptedStore();
    const fs = fromState(encrypted.state());
    await undo(fs, 0, { firstId: 200 });
    await undo(fs, 1, { firstId: 300 });
    expect(visible(fs)).toEqual(visible(encrypted));
    for (const secret of secrets) expect(everyByte(fs)).not.toContain(secret);

    const decrypted = await after(
      encrypted.state(),
      { task: "decrypt", keyring, withoutSeal: false },
      { firstId: 50 },
    );
    expect(everyByte(decrypted)).toContain(secrets[0]);
    await undo(decrypted, 1, { firstId: 400 });
    expect(visible(decrypted)).toEqual(visible(encrypted));
    for (const secret of secrets) expect(everyByte(decrypted)).not.toContain(secret);
  });
});

describe("rotation", () => {
  const rotate = { task: "rotate", keyring, newKeyring } as const;

  test("another key opens it then, and the old one does not", async () => {
    const encrypted = await encryptedStore();
    const fs = await after(encrypted.state(), rotate, {
      recipes: recipesWith(keyring, newKeyring),
      firstId: 50,
      seed: 2,
    });
    const withOld = planned(fs, { task: "decrypt", keyring, withoutSeal: false });
    expect(outcomes(withOld.results)).toEqual(["E_KEY", "E_KEY", "E_KEY", "no-transcript"]);
    const plan = planned(fs, { task: "decrypt", keyring: newKeyring, withoutSeal: false });
    await apply(fs, plan.plan, { recipes: recipesWith(newKeyring), firstId: 90 });
    expect(text(fs, "s2.jsonl")).toBe(text(fromState(plainStore()), "s2.jsonl"));
    expect(outcomes(planned(fs, rotate).results)).toEqual([
      "not-encrypted",
      "not-encrypted",
      "not-encrypted",
      "no-transcript",
    ]);
  });

  test("done twice it does nothing, and undone the old key opens it", async () => {
    const encrypted = await encryptedStore();
    const recipes = recipesWith(keyring, newKeyring);
    const fs = await after(encrypted.state(), rotate, { recipes, firstId: 50, seed: 2 });
    expect(outcomes(planned(fs, rotate).results)).toContain("already-rotated");
    for (const secret of secrets) expect(everyByte(fs)).not.toContain(secret);
    await undo(fs, 1, { recipes });
    expect(visible(fs)).toEqual(visible(encrypted));
  });
});

describe("a store that somebody has changed", () => {
  const decrypt = { task: "decrypt", keyring, withoutSeal: false } as const;

  test.each([
    ["a line cut off", (lines: readonly string[]) => [...lines.slice(0, -2), ""]],
    ["all lines cut off", (lines: readonly string[]) => [...lines.slice(0, 2), ""]],
    [
      "lines swapped",
      ([header = "", opening = "", a = "", b = ""]: readonly string[]) => [header, opening, b, a, ""],
    ],
    [
      "a plain line in between",
      ([header = "", ...rest]: readonly string[]) => [
        header,
        ...rest.slice(0, -1),
        messageLine("user", "x"),
        "",
      ],
    ],
    [
      "another working directory",
      ([header = "", ...rest]: readonly string[]) => [header.replace("/home/user", "/"), ...rest],
    ],
    [
      "another session id",
      ([header = "", ...rest]: readonly string[]) => [header.replace("s1", "s2"), ...rest],
    ],
    [
      "a plain transcript in its place",
      ([header = ""]: readonly string[]) => [header, messageLine("user", "x"), ""],
    ],
  ])("%s is told, and the others are done", async (_, change) => {
    const fs = await encryptedStore();
    const lines = text(fs, "s1.jsonl").split("\n");
    fs.otherProcess().unlink(`${sessionsDir}/s1.jsonl`);
    writeTree(fs, sessionsDir, { "s1.jsonl": change(lines).join("\n") });
    const { results } = planned(fs, decrypt);
    expect(outcomes(results)).toEqual(["E_TAMPERED", ["s2.jsonl", 3], ["s3.jsonl", 0], "no-transcript"]);
    expect(JSON.stringify(results)).not.toContain(secrets[0]);
  });

  test("plain lines that another program has added are told, and taken along when that is asked for", async () => {
    const fs = await encryptedStore();
    const added = `${text(fs, "s1.jsonl")}${messageLine("user", "added")}\n`;
    fs.otherProcess().unlink(`${sessionsDir}/s1.jsonl`);
    writeTree(fs, sessionsDir, { "s1.jsonl": added });
    expect(outcomes(planned(fs, decrypt).results)[0]).toBe("E_TAMPERED");
    await apply(fs, planned(fs, { ...decrypt, withoutSeal: true }).plan, { firstId: 50 });
    const plain = text(fromState(plainStore()), "s1.jsonl");
    expect(text(fs, "s1.jsonl")).toBe(`${plain}${messageLine("user", "added")}\n`);
  });

  test("transcripts of two sessions in one another's place", async () => {
    const fs = await encryptedStore();
    const [one, two] = [text(fs, "s1.jsonl"), text(fs, "s2.jsonl")];
    for (const name of ["s1.jsonl", "s2.jsonl"]) fs.otherProcess().unlink(`${sessionsDir}/${name}`);
    writeTree(fs, sessionsDir, { "s1.jsonl": two, "s2.jsonl": one });
    expect(outcomes(planned(fs, decrypt).results)).toEqual([
      "E_TAMPERED",
      "E_TAMPERED",
      ["s3.jsonl", 0],
      "no-transcript",
    ]);
  });

  test("without the row, what is there is decrypted when that is asked for", async () => {
    const fs = await encryptedStore();
    const index = text(fs, "sessions.json");
    fs.otherProcess().unlink(`${sessionsDir}/sessions.json`);
    writeTree(fs, sessionsDir, { "sessions.json": index.replaceAll('"encryption"', '"lost"') });
    expect(outcomes(planned(fs, decrypt).results)).toEqual([
      "E_TAMPERED",
      "E_TAMPERED",
      "E_TAMPERED",
      "no-transcript",
    ]);
    await apply(fs, planned(fs, { ...decrypt, withoutSeal: true }).plan, { firstId: 50 });
    expect(text(fs, "s1.jsonl")).toBe(text(fromState(plainStore()), "s1.jsonl"));
  });
});
