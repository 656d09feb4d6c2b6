import { type MemoryFs, memoryFs, tree, type TreeEntry, writeTree, memoryHost } from "@sessionsmith/testkit";
import {
  type Arbitrary,
  array,
  asyncProperty,
  assert,
  boolean,
  constantFrom,
  integer,
  nat,
  record,
  string,
  uniqueArray,
} from "fast-check";
import { test } from "vitest";
import { applyPlan, planUndoOf } from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Step } from "../../src/plan/step.ts";
import { indexEdits, type NewRow } from "../../src/session-index/index-edits.ts";
import {
  archive,
  editIndex,
  indexPath,
  newFile,
  planOf,
  replaceFile,
  sessionsDir,
  toTrash,
} from "../engine/operation-scenarios.ts";

/** What becomes of a row and of its transcript, and what somebody else does to the row afterwards. */
const session = record({
  row: constantFrom("keep", "remove", "change"),
  file: constantFrom("keep", "archive", "trash", "replace", "chmod", "none"),
  foreign: constantFrom("leave", "leave", "remove", "change", "add"),
  foreignFile: constantFrom("leave", "leave", "append", "remove"),
  content: string(),
  mode: constantFrom(0o600, 0o640),
  mtimeMs: integer({ min: 1_600_000_000_000, max: 1_790_000_000_000 }),
  mtimeUs: nat(999),
});

const store = record({
  sessions: array(session, { maxLength: 7 }),
  names: uniqueArray(string({ maxLength: 8 }), { minLength: 7, maxLength: 7 }),
  indent: constantFrom(0, 1, 2, "\t"),
  newline: boolean(),
  makesFile: boolean(),
  insertsRow: boolean(),
});

type ValueOf<A> = A extends Arbitrary<infer T> ? T : never;
type Session = ValueOf<typeof session>;
type Store = ValueOf<typeof store>;

/** Keys like `__proto__` and `0` are keys as any other; a map keeps their order and leaves objects alone. */
const keyOf = ({ names }: Store, n: number) => `${names[n] ?? ""}#${n}`;
const fileOf = (n: number) => `session-${n}.jsonl`;
const rowOf = ({ content }: Session, n: number) => ({
  sessionId: `session-${n}`,
  label: content,
  nested: [n, { n }],
});

function textOf(rows: ReadonlyMap<string, unknown>, { indent, newline }: Store): string {
  return JSON.stringify(Object.fromEntries(rows), null, indent) + (newline ? "\n" : "");
}

function diskOf(given: Store): MemoryFs {
  const fs = memoryFs();
  const rows = new Map(given.sessions.map((one, n) => [keyOf(given, n), rowOf(one, n)]));
  writeTree(fs, sessionsDir, {
    "sessions.json": { content: textOf(rows, given), mode: 0o600, mtimeNs: 1_700_000_000_123_456_000n },
  });
  for (const [n, { file, content, mode, mtimeMs, mtimeUs }] of given.sessions.entries()) {
    if (file === "none") continue;
    const mtimeNs = BigInt(mtimeMs) * 1_000_000n + BigInt(mtimeUs) * 1000n;
    writeTree(fs, sessionsDir, { [fileOf(n)]: { content: `${content}\n`, mode, mtimeNs } });
  }
  return fs;
}

function stepFor(fs: MemoryFs, { file, mode }: Session, n: number): readonly Step[] {
  const name = fileOf(n);
  switch (file) {
    case "archive":
      return [archive(fs, name)];
    case "trash":
      return [toTrash(fs, name)];
    case "replace":
      return [replaceFile(fs, name)];
    case "chmod":
      return [{ kind: "set-mode", phase: "switch", name, mode: 0o400, expectMode: mode }];
    case "keep":
    case "none":
      return [];
  }
}

function planFor(fs: MemoryFs, given: Store): Plan {
  const chosen = (row: Session["row"]) =>
    given.sessions.flatMap((one, n) => (one.row === row ? [keyOf(given, n)] : []));
  const insert: readonly NewRow[] = given.insertsRow
    ? [{ key: "inserted", value: { sessionId: "new" } }]
    : [];
  const replace = new Map(chosen("change").map((key) => [key, new Map([["label", "changed"]])]));
  const remove = new Set(chosen("remove"));
  const writesIndex = insert.length + replace.size + remove.size > 0;
  const steps: readonly Step[] = [
    ...(given.makesFile ? [newFile] : []),
    ...(writesIndex ? [editIndex(fs, (document) => indexEdits(document, { remove, replace, insert }))] : []),
    ...given.sessions.flatMap((one, n) => stepFor(fs, one, n)),
  ];
  const order = ["create", "switch", "retire"];
  return planOf(
    fs,
    steps.toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase)),
  );
}

async function undo(fs: MemoryFs, id: string, firstId: number) {
  const planned = planUndoOf(memoryHost(fs, firstId), { realDir: sessionsDir, operationId: id });
  const { operationId } = await applyPlan(memoryHost(fs, firstId), planned.plan);
  return { ...planned, operationId };
}

/** Everything but our own and the times of directories. */
function visible(fs: MemoryFs): ReadonlyMap<string, TreeEntry> {
  return new Map([...tree(fs, sessionsDir)].filter(([path]) => !path.startsWith(".sessionsmith")));
}

function requireEqual(
  found: ReadonlyMap<string, TreeEntry>,
  expected: ReadonlyMap<string, TreeEntry>,
  what: string,
): void {
  const paths = new Set([...found.keys(), ...expected.keys()]);
  for (const path of paths) {
    const [a, b] = [found.get(path), expected.get(path)];
    const isEqual =
      a?.mode === b?.mode &&
      a?.bytes?.equals(b?.bytes ?? Buffer.alloc(0)) === true &&
      b !== undefined &&
      (a?.mtimeNs ?? 0n) / 1000n === b.mtimeNs / 1000n;
    if (!isEqual) throw new Error(`${path} is not as it was ${what}`);
  }
}

test("apply then undo is identity on bytes, modes and times; undoing that is what the operation left", async () => {
  await assert(
    asyncProperty(store, async (given) => {
      const fs = diskOf(given);
      const before = visible(fs);
      const { operationId } = await applyPlan(memoryHost(fs, 1), planFor(fs, given));
      if (operationId === undefined) return;
      const after = visible(fs);

      const first = await undo(fs, operationId, 100);
      if (first.conflicts.length > 0) throw new Error("there are conflicts");
      requireEqual(visible(fs), before, "before the operation");

      if (first.operationId === undefined) throw new Error("the undo did nothing");
      const second = await undo(fs, first.operationId, 200);
      if (second.conflicts.length > 0) throw new Error("there are conflicts in the undo of the undo");
      requireEqual(visible(fs), after, "after the operation");
    }),
    { numRuns: 300 },
  );
});

function rowsOf(fs: MemoryFs): Map<string, string> {
  const text = tree(fs, sessionsDir).get("sessions.json")?.bytes?.toString("utf8") ?? "";
  const parsed: unknown = JSON.parse(text);
  return new Map(Object.entries(parsed ?? {}).map(([key, row]) => [key, JSON.stringify(row)]));
}

/** What another program makes of the rows: as OpenClaw, it writes the whole index anew. */
function foreignRows(rows: ReadonlyMap<string, string>, given: Store): Map<string, string> {
  const changed = new Map(rows);
  for (const [n, { foreign }] of given.sessions.entries()) {
    const key = keyOf(given, n);
    if (foreign === "remove") changed.delete(key);
    else if (foreign === "change" && rows.has(key)) changed.set(key, `{"sessionId":"foreign-${n}"}`);
    else if (foreign === "add" && !rows.has(key)) changed.set(key, `{"sessionId":"anew-${n}"}`);
  }
  return changed.set("foreign", `{"sessionId":"foreign"}`);
}

function writeForeign(fs: MemoryFs, rows: ReadonlyMap<string, string>, given: Store): void {
  const parsed = new Map([...rows].map(([key, row]): [string, unknown] => [key, JSON.parse(row)]));
  const other = fs.otherProcess();
  other.createFile(`${sessionsDir}/foreign`, 0o600, (file) => file.write(Buffer.from(textOf(parsed, given))));
  other.rename(`${sessionsDir}/foreign`, indexPath);
}

/** What another program makes of the transcripts, whatever their names are by now. */
function changeFiles(fs: MemoryFs, given: Store): void {
  const other = fs.otherProcess();
  for (const [n, { foreignFile }] of given.sessions.entries()) {
    for (const name of fs.readdir(sessionsDir)?.filter((one) => one.startsWith(fileOf(n))) ?? []) {
      const path = `${sessionsDir}/${name}`;
      if (foreignFile === "append") other.appendFile(path, (file) => file.write(Buffer.from("more\n")));
      else if (foreignFile === "remove") other.unlink(path);
    }
  }
}

interface StoreLook {
  readonly rows: ReadonlyMap<string, string>;
  readonly files: ReadonlySet<string>;
}

const lookAt = (fs: MemoryFs): StoreLook => ({
  rows: rowsOf(fs),
  files: new Set(fs.readdir(sessionsDir)),
});

/**
 * A row that stays keeps its transcript. One that comes back has it again, if it had one before the operation; so has one that
 * changes back, if it has one now.
 */
function requireWhole(found: StoreLook, now: StoreLook, before: StoreLook): void {
  for (const [key, row] of found.rows) {
    const id = sessionIdOf(row);
    const name = `${id}.jsonl`;
    const present = now.rows.get(key);
    const isThere = present !== undefined && sessionIdOf(present) === id;
    const has = now.files.has(name);
    const needs = present === row ? has : before.files.has(name) && (has || !isThere);
    if (needs && !found.files.has(name))
      throw new Error(`the row ${JSON.stringify(key)} has lost its transcript`);
  }
}

function sessionIdOf(row: string): string {
  const parsed: { readonly sessionId: string } = JSON.parse(row);
  return parsed.sessionId;
}

/** No plan takes the transcript of a row that stays, or leaves that of one that goes. */
function soundly(one: Session): Session {
  const isTaken = one.file === "archive" || one.file === "trash";
  if (one.row === "keep" && isTaken) return { ...one, file: "keep" };
  return one.row === "remove" && !isTaken && one.file !== "none" ? { ...one, file: "archive" } : one;
}

test("whatever others did in between, no row is without a transcript that it had", async () => {
  await assert(
    asyncProperty(store, boolean(), async (random, twice) => {
      const sessions = random.sessions.map(soundly);
      const given: Store = { ...random, sessions, indent: 2, newline: false };
      const fs = diskOf(given);
      let before = lookAt(fs);
      let { operationId } = await applyPlan(memoryHost(fs, 1), planFor(fs, given));
      if (twice && operationId !== undefined) {
        before = lookAt(fs);
        ({ operationId } = await undo(fs, operationId, 100));
      }
      if (operationId === undefined) return;
      writeForeign(fs, foreignRows(rowsOf(fs), given), given);
      changeFiles(fs, given);
      const now = lookAt(fs);
      await undo(fs, operationId, 200);
      requireWhole(lookAt(fs), now, before);
    }),
    { numRuns: 300 },
  );
});

test("with foreign edits in between only the rows in conflict stay as they are", async () => {
  await assert(
    asyncProperty(store, async (random) => {
      const given: Store = { ...random, indent: 2, newline: false };
      const fs = diskOf(given);
      const before = rowsOf(fs);
      const { operationId } = await applyPlan(memoryHost(fs, 1), planFor(fs, given));
      if (operationId === undefined) return;
      const after = rowsOf(fs);
      const now = foreignRows(after, given);
      writeForeign(fs, now, given);

      const { conflicts } = await undo(fs, operationId, 100);

      const changed = new Set(
        [...before.keys(), ...after.keys()].filter((key) => before.get(key) !== after.get(key)),
      );
      const inConflict = (key: string) =>
        changed.has(key) && now.get(key) !== after.get(key) && now.get(key) !== before.get(key);
      const expected = new Map(now);
      for (const key of changed) {
        const row = before.get(key);
        if (inConflict(key)) continue;
        if (row === undefined) expected.delete(key);
        else expected.set(key, row);
      }
      const found = rowsOf(fs);
      const keys = new Set([...found.keys(), ...expected.keys()]);
      for (const key of keys)
        if (found.get(key) !== expected.get(key)) throw new Error(`the row ${JSON.stringify(key)} is wrong`);
      const named = new Set(conflicts.flatMap((one) => (one.kind === "row" ? [one.key] : [])));
      const wrong = [...changed].filter((key) => named.has(key) !== inConflict(key));
      if (wrong.length > 0) throw new Error(`the conflicts are not those: ${wrong.join(", ")}`);
    }),
    { numRuns: 300 },
  );
});
