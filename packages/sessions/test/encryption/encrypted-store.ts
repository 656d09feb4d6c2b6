import { join } from "node:path";
import { type Plan, scanStore, type StoreSnapshot } from "@sessionsmith/core";
import { applyPlan, type ApplyOutcome, planUndoOf, recoverStore } from "@sessionsmith/core/engine";
import {
  fromState,
  type MemoryFs,
  memoryFs,
  memoryHost,
  type MemoryFsState,
  tree,
  writeTree,
  type TreeSpec,
} from "@sessionsmith/testkit";
import type { EncryptionTask } from "../../src/encryption/encryption-order.ts";
import { encryptionRecipes } from "../../src/encryption/encryption-recipes.ts";
import type { Keyring } from "../../src/encryption/keyring.ts";
import { planEncryption, type PlannedEncryption } from "../../src/encryption/plan-encryption.ts";
import { countedBytes, testKeyring } from "./test-keys.ts";

/** The sessions directory of these tests. */
export const sessionsDir = "/state/agents/main/sessions";
const indexPath = join(sessionsDir, "sessions.json");

/** The moment that is judged by. */
const now = Date.UTC(2026, 10, 20);

/** What is said in the sessions of the store; none of it may be found on an encrypted disk. */
export const secrets = ["PORTFOLIO-VALUE", "SEVEN-MILLION", "AUNT-EMMA", "TORN-WORDS"] as const;

/** Line 1 of a transcript. */
export function headerLine(id: string): string {
  return JSON.stringify({
    type: "session",
    version: 3,
    id,
    timestamp: "2026-11-20T08:00:00.000Z",
    cwd: "/home/user",
  });
}

/** A line of a transcript. */
export function messageLine(role: string, said: string, id = "aaaa0001"): string {
  const message = { role, content: [{ type: "text", text: said }] };
  return JSON.stringify({
    type: "message",
    id,
    parentId: null,
    timestamp: "2026-11-20T08:01:00.000Z",
    message,
  });
}

/** A healthy transcript, one with an odd end, one that holds no message, and a row without any. */
const files: TreeSpec = {
  "sessions.json": JSON.stringify(
    {
      "agent:main:main": { sessionId: "s1", updatedAt: now - 5000, x: 1e2 },
      "agent:main:direct:2": {
        sessionId: "s2",
        updatedAt: now - 9000,
        pluginExtensions: { other: { a: [1] }, sessionsmith: { lease: { user: "u", expiresAt: now + 1e9 } } },
      },
      "agent:main:direct:3": { sessionId: "s3", updatedAt: now - 9000 },
      "agent:main:direct:4": { sessionId: "s4", updatedAt: now - 9000 },
    },
    null,
    2,
  ),
  "s1.jsonl": {
    content: [
      headerLine("s1"),
      messageLine("user", `What is my ${secrets[0]}?`),
      messageLine("assistant", `It is ${secrets[1]}.`, "aaaa0002"),
      "",
    ].join("\n"),
    mtimeNs: 1_760_000_000_123_456_789n,
    mode: 0o640,
  },
  "s2.jsonl": `${headerLine("s2")}\r\n\n${messageLine("user", secrets[2])}\r\n{"role": "${secrets[3]}\0\0`,
  "s3.jsonl": headerLine("s3"),
};

/** The disk before anything is encrypted. */
export function plainStore(): MemoryFsState {
  const fs = memoryFs();
  writeTree(fs, sessionsDir, files);
  return fs.state();
}

/** The store as it is now. */
export function scan(fs: MemoryFs): StoreSnapshot {
  const target = { indexPath, sessionsDir, agentId: "main", origin: "configured", shared: false } as const;
  return scanStore(memoryHost(fs), target, { nowMs: now });
}

/** Plans a task for the rows whose key the function takes. */
export function planned(
  fs: MemoryFs,
  task: EncryptionTask,
  {
    selects = () => true,
    seed = 1,
  }: { readonly selects?: (key: string) => boolean; readonly seed?: number } = {},
): PlannedEncryption {
  return planEncryption(memoryHost(fs), scan(fs), {
    ...task,
    now,
    random: countedBytes(seed),
    selects: ({ key }) => selects(key),
  });
}

/** The recipes with a key, and a new one for a rotation. */
export function recipesWith(keyring: Keyring = testKeyring(), newKeyring?: Keyring) {
  return encryptionRecipes({
    key: () => keyring,
    ...(newKeyring === undefined ? {} : { newKey: () => newKeyring }),
  });
}

/** Applies a plan; `firstId` keeps the ids of operations apart. */
export function apply(
  fs: MemoryFs,
  plan: Plan,
  { recipes = recipesWith(), firstId = 1 } = {},
): Promise<ApplyOutcome> {
  return applyPlan(memoryHost(fs, firstId), plan, { recipes });
}

/** The disk after a task was done to all of it. */
export async function after(
  state: MemoryFsState,
  task: EncryptionTask,
  options: Parameters<typeof apply>[2] & { readonly seed?: number } = {},
): Promise<MemoryFs> {
  const fs = fromState(state);
  await apply(fs, planned(fs, task, options).plan, options);
  return fs;
}

/** Encrypts everything. */
export function encryptedStore(
  state: MemoryFsState = plainStore(),
  keyring = testKeyring(),
): Promise<MemoryFs> {
  return after(state, { task: "encrypt", keyring }, { recipes: recipesWith(keyring) });
}

/** Takes the n-th operation of the store back. */
export function undo(
  fs: MemoryFs,
  n: number,
  options: { readonly recipes?: ReturnType<typeof recipesWith>; readonly firstId?: number } = {},
): Promise<ApplyOutcome> {
  const id = fs.readdir(`${sessionsDir}/.sessionsmith/operations`)?.[n] ?? "";
  const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), { realDir: sessionsDir, operationId: id });
  if (conflicts.length > 0) throw new Error("an undo with conflicts");
  return apply(fs, plan, { firstId: 200, ...options });
}

/** What the next start does, which has no key. */
export function recover(fs: MemoryFs) {
  return recoverStore(memoryHost(fs, 900), sessionsDir, { lockTimeoutMs: 1000 });
}

/** What a reader of the store sees: content, mode and time of each file, without our own. */
export function visible(fs: MemoryFs): ReadonlyMap<string, string> {
  const own = `${sessionsDir}/.sessionsmith`;
  return new Map(
    paths(fs).flatMap((path) => {
      const fact = fs.lstat(path);
      if (path.startsWith(own) || fact?.kind !== "file") return [];
      return [[path, `${fact.mode.toString(8)} ${fact.mtimeNs} ${text(fs, path)}`]];
    }),
  );
}

/** Every byte of every file on the disk, our own too. */
export function everyByte(fs: MemoryFs): string {
  return paths(fs)
    .flatMap((path) => (fs.lstat(path)?.kind === "file" ? [text(fs, path)] : []))
    .join("\n");
}

function paths(fs: MemoryFs): readonly string[] {
  return [...tree(fs, "/state")].map(([path]) => join("/state", path));
}

/** A file of the sessions directory, or at an absolute path. */
export function text(fs: MemoryFs, name: string): string {
  const path = name.startsWith("/") ? name : join(sessionsDir, name);
  const found = fs.withFile(path, (file) => {
    const bytes = Buffer.alloc(file.fact.size);
    file.read(bytes, 0);
    return bytes.toString("latin1");
  });
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** What the row of a key says, parsed. */
export function rowOf(fs: MemoryFs, key: string): Record<string, unknown> {
  return Object(JSON.parse(text(fs, "sessions.json")))[key];
}
