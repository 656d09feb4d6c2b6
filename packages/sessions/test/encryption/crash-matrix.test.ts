import { type Fault, fromState, type MemoryFs, type MemoryFsState } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { crashCounter } from "../../../core/test/engine/crash-count.ts";
import type { EncryptionTask } from "../../src/encryption/encryption-order.ts";
import {
  after,
  apply,
  encryptedStore,
  everyByte,
  plainStore,
  planned,
  recipesWith,
  recover,
  secrets,
  text,
  undo,
  visible,
} from "./encrypted-store.ts";
import { testKeyring } from "./test-keys.ts";

const keyring = testKeyring();
const newKeyring = testKeyring("b");
const recipes = recipesWith(keyring, newKeyring);
const decrypt = { task: "decrypt", keyring, withoutSeal: false } as const;
const onlyFirst = (key: string) => key === "agent:main:main";

const doing = (task: EncryptionTask, firstId: number) => (fs: MemoryFs) =>
  apply(fs, planned(fs, task, { seed: 3 }).plan, { recipes, firstId });

const encryptOne = (fs: MemoryFs) =>
  apply(fs, planned(fs, { task: "encrypt", keyring }, { selects: onlyFirst }).plan, { recipes });

const noLinks: Fault = ({ name }) => (name === "link" ? { errno: "EPERM" } : undefined);

interface CrashOptions {
  readonly isSecretAfter?: boolean;
  readonly everyNth?: number;
  readonly fault?: Fault;
}

/** What all is to a reader who has the keys. */
function asSaid(fs: MemoryFs): readonly string[] {
  return ["s1.jsonl", "s2.jsonl", "s3.jsonl"].map((name) => {
    const key =
      { "s1.jsonl": "agent:main:main", "s2.jsonl": "agent:main:direct:2" }[name] ?? "agent:main:direct:3";
    if (!text(fs, name).includes("sessionsmith.encrypted")) return text(fs, name);
    const copy = fromState(fs.state());
    for (const ring of [keyring, newKeyring]) {
      const { plan, results } = planned(
        copy,
        { ...decrypt, keyring: ring },
        { selects: (one) => one === key },
      );
      if (results[0]?.outcome.state === "changed") return `lines: ${plan.parts[0]?.steps.length}`;
    }
    throw new Error(`${name} can't be read with either key`);
  });
}

describe("a crash in", () => {
  const run = crashCounter("encryption");

  /** After a crash and a recovery without any key, the store is as before or as after, and all that was said can be had. */
  async function crashes(
    name: string,
    start: MemoryFsState,
    work: (fs: MemoryFs) => Promise<unknown>,
    { isSecretAfter = false, everyNth = 97, fault }: CrashOptions = {},
  ): Promise<number> {
    const done = fromState(start);
    await work(done);
    const [before, end] = [visible(fromState(start)), visible(done)];
    return run(
      {
        name,
        start,
        run: work,
        recover,
        fault,
        check: (recovered) => {
          const found = visible(recovered);
          expect([before, end]).toContainEqual(found);
          asSaid(recovered);
          // Once it is over, and only then, nothing is left in clear.
          const isOver = text(recovered, "sessions.json") === text(done, "sessions.json");
          const clear = secrets.filter((secret) => everyByte(recovered).includes(secret));
          expect(isSecretAfter && isOver ? clear : []).toEqual([]);
        },
      },
      everyNth,
    );
  }

  test("an encryption", async () => {
    const count = await crashes("encrypt", plainStore(), doing({ task: "encrypt", keyring }, 1), {
      isSecretAfter: true,
    });
    expect(count).toBeGreaterThan(40);
  });

  test("a decryption", async () => {
    const start = (await encryptedStore()).state();
    expect(await crashes("decrypt", start, doing(decrypt, 50))).toBeGreaterThan(40);
  });

  test("a change of the key", async () => {
    const start = (await encryptedStore()).state();
    const rotate = { task: "rotate", keyring, newKeyring } as const;
    expect(await crashes("rotate", start, doing(rotate, 50), { isSecretAfter: true })).toBeGreaterThan(40);
  });

  test("the undo of an encryption, and of a decryption", async () => {
    const encrypted = await encryptedStore();
    const back = (fs: MemoryFs) => undo(fs, 0, { recipes });
    expect(await crashes("undo of encrypt", encrypted.state(), back, { everyNth: 97 })).toBeGreaterThan(40);
    const start = (await after(encrypted.state(), decrypt, { recipes, firstId: 50 })).state();
    const again = (fs: MemoryFs) => undo(fs, 1, { recipes });
    const options = { isSecretAfter: true, everyNth: 97 };
    expect(await crashes("undo of decrypt", start, again, options)).toBeGreaterThan(40);
  });

  test("an encryption where there are no hard links", async () => {
    const options = { everyNth: 11, fault: noLinks };
    expect(await crashes("encrypt one", plainStore(), encryptOne, options)).toBeGreaterThan(20);
  });
});
