import { describe, expect, test } from "vitest";
import type { FileFact } from "../../src/disk/read-fs.ts";
import type { JournaledMove, JournaledStep } from "../../src/plan/journaled-step.ts";
import { planUndo, type UndoPart } from "../../src/plan/plan-undo.ts";
import type { WriteFileStep } from "../../src/plan/step.ts";
import type { UndoInput } from "../../src/plan/undo-input.ts";
import { documentOf } from "../session-index/index-document-of.ts";
import { aPart } from "./plan-builder.ts";

const fact = (ino: number, size = 10, mode = 0o600): FileFact => ({
  kind: "file",
  dev: 1n,
  ino: BigInt(ino),
  size,
  mtimeNs: 5n,
  ctimeNs: 5n,
  mode,
  nlink: 1,
  uid: 1,
  gid: 1,
});
const identity = (ino: number, size = 10) => ({ dev: "1", ino: String(ino), size, mtimeNs: "5" });

const move: JournaledMove = {
  kind: "move-file",
  phase: "retire",
  from: "a.jsonl",
  to: "a.jsonl.deleted.x",
  expect: identity(3),
  reason: "stale",
};
const made: WriteFileStep = {
  kind: "write-file",
  phase: "create",
  name: "new.jsonl",
  content: { source: "inline", text: "x" },
  mode: 0o640,
  replaces: null,
  reason: "test",
};

function undo(
  step: JournaledStep,
  present: Record<string, FileFact>,
  more: Partial<UndoInput> = {},
): UndoPart {
  const files = new Map(Object.entries(present));
  const input: UndoInput = {
    operationId: "op",
    agentId: "main",
    indexPath: "/s/sessions.json",
    realDir: "/s",
    steps: [step],
    made: new Map([[0, { ...identity(3), sha256: "h" }]]),
    replaced: new Map(),
    packed: new Map(),
    index: undefined,
    present: documentOf("{}"),
    factOf: (name) => files.get(name),
    sha256Of: () => "other",
    ...more,
  };
  return planUndo(input, aPart().store);
}

describe("a file that was moved", () => {
  test("goes back to the very name that it had, before the switch", () => {
    const { part, conflicts } = undo(move, { "a.jsonl.deleted.x": fact(3) });
    expect(conflicts).toEqual([]);
    expect(part.steps).toEqual([
      {
        kind: "move-file",
        phase: "create",
        from: "a.jsonl.deleted.x",
        to: { as: "name", name: "a.jsonl" },
        expect: identity(3),
        reason: "undo",
      },
    ]);
    expect(part.files).toEqual([{ name: "a.jsonl", action: "restore", reasons: ["undo"], size: 10 }]);
  });

  test("out of the trash goes into the trash of the undo", () => {
    const restored: JournaledMove = {
      ...move,
      phase: "create",
      from: ".sessionsmith/operations/o/files/000001",
      to: "a.jsonl",
    };
    expect(undo(restored, { "a.jsonl": fact(3) }).part).toMatchObject({
      steps: [{ phase: "retire", from: "a.jsonl", to: { as: "trash" } }],
      files: [{ name: "a.jsonl", action: "trash" }],
    });
  });

  test.each<[string, Record<string, FileFact>, object[]]>([
    ["gone since", {}, [{ kind: "file", path: "a.jsonl.deleted.x", why: "gone" }]],
    [
      "replaced since",
      { "a.jsonl.deleted.x": fact(4) },
      [{ kind: "file", path: "a.jsonl.deleted.x", why: "changed-since" }],
    ],
    [
      "written to since",
      { "a.jsonl.deleted.x": fact(3, 11) },
      [{ kind: "file", path: "a.jsonl.deleted.x", why: "changed-since" }],
    ],
    [
      "and whose name another has by now",
      { "a.jsonl.deleted.x": fact(3), "a.jsonl": fact(9) },
      [{ kind: "file", path: "a.jsonl", why: "taken" }],
    ],
    ["that stayed after all", { "a.jsonl": fact(3) }, []],
    ["that has both names", { "a.jsonl.deleted.x": fact(3), "a.jsonl": fact(3) }, []],
  ])("%s: stays as it is", (_name, present, conflicts) => {
    const undone = undo(move, present);
    expect(undone.conflicts).toEqual(conflicts);
    expect(undone.part.steps).toEqual([]);
    expect(undone.part.files).toEqual([]);
  });
});

describe("a file that was made", () => {
  test("goes into the trash", () => {
    expect(undo(made, { "new.jsonl": fact(3) }).part.steps).toEqual([
      {
        kind: "move-file",
        phase: "retire",
        from: "new.jsonl",
        to: { as: "trash" },
        expect: identity(3),
        reason: "undo",
      },
    ]);
  });

  test.each<[string, Record<string, FileFact>, string]>([
    ["gone since", {}, "gone"],
    ["replaced since", { "new.jsonl": fact(4) }, "changed-since"],
    ["written to since", { "new.jsonl": fact(3, 11) }, "changed-since"],
  ])("%s: stays as it is", (_name, present, why) => {
    expect(undo(made, present).conflicts).toEqual([{ kind: "file", path: "new.jsonl", why }]);
  });
});

describe("a file that has the content that was written, but is another one", () => {
  const same = { sha256Of: () => "h" };

  test("is taken back as the one that was written", () => {
    const { part, conflicts } = undo(made, { "new.jsonl": fact(4) }, same);
    expect(conflicts).toEqual([]);
    expect(part.steps).toMatchObject([{ kind: "move-file", from: "new.jsonl", expect: identity(4) }]);
  });

  test.each<[string, FileFact]>([
    ["with another length", fact(4, 11)],
    ["that is a link", { ...fact(4), kind: "symlink" }],
  ])("%s stays as it is", (_name, present) => {
    expect(undo(made, { "new.jsonl": present }, same).conflicts).toEqual([
      { kind: "file", path: "new.jsonl", why: "changed-since" },
    ]);
  });
});

describe("a file that was replaced", () => {
  const replaced: WriteFileStep = { ...made, phase: "switch", replaces: identity(2) };
  const former = { path: "/s/kept", size: 4, sha256: "f", mode: 0o600, mtimeNs: 9n };

  test("gets its former content, mode and time back", () => {
    const { part } = undo(replaced, { "new.jsonl": fact(3) }, { replaced: new Map([[0, former]]) });
    expect(part.steps).toEqual([
      {
        ...replaced,
        content: { source: "splice", path: "/s/kept", size: 4, sha256: "f", edits: [] },
        mode: 0o600,
        mtimeNs: "9",
        replaces: identity(3),
        reason: "undo",
      },
    ]);
    expect(part.files).toEqual([{ name: "new.jsonl", action: "restore", reasons: ["undo"], size: 4 }]);
  });

  test("stays as it is if the former was purged", () => {
    expect(undo(replaced, { "new.jsonl": fact(3) }).conflicts).toEqual([
      { kind: "file", path: "new.jsonl", why: "gone" },
    ]);
  });
});

describe("a mode that was set", () => {
  const step: JournaledStep = {
    kind: "set-mode",
    phase: "switch",
    name: "a",
    mode: 0o640,
    expectMode: 0o600,
  };

  test.each<[string, number | undefined, unknown, unknown]>([
    ["goes back", 0o640, [{ ...step, mode: 0o600, expectMode: 0o640 }], []],
    ["is back already", 0o600, [], []],
    ["was set again", 0o666, [], [{ kind: "file", path: "a", why: "changed-since" }]],
    ["of a file that is gone", undefined, [], [{ kind: "file", path: "a", why: "changed-since" }]],
  ])("%s", (_name, mode, steps, conflicts) => {
    const undone = undo(step, mode === undefined ? {} : { a: fact(3, 10, mode) });
    expect(undone.part.steps).toEqual(steps);
    expect(undone.conflicts).toEqual(conflicts);
  });
});

test("the ledger is told that the sessions are back", () => {
  const records = [{ type: "ended", key: "k" }, { type: "usage" }];
  expect(undo({ kind: "append-record", phase: "create", records }, {}).part.steps).toEqual([
    {
      kind: "append-record",
      phase: "create",
      records: [
        { type: "restored", key: "k", undoes: "op" },
        { type: "restored", key: null, undoes: "op" },
      ],
    },
  ]);
});

test.each<JournaledStep>([
  { kind: "make-dir", phase: "create", name: "more", mode: 0o700 },
  {
    kind: "write-output",
    phase: "create",
    path: "/out",
    content: { source: "inline", text: "" },
    force: false,
  },
])("what $kind made stays", (step) => {
  expect(undo(step, {}).part.steps).toEqual([]);
});

test("new content comes first, then the switch, then what retires", () => {
  const before = documentOf(`{"k":{"sessionId":"s"}}`);
  const after = documentOf("{}");
  const { part } = undo(
    move,
    { "a.jsonl.deleted.x": fact(3), "new.jsonl": fact(4) },
    {
      steps: [
        { kind: "write-index", phase: "switch", path: "/s/sessions.json", content: made.content },
        made,
        move,
      ],
      made: new Map([[1, { ...identity(4), sha256: "h" }]]),
      index: { path: "/s/kept", mtimeNs: 1n, before, after },
      present: after,
    },
  );
  expect(part.steps.map(({ kind, phase }) => `${phase} ${kind}`)).toEqual([
    "create move-file",
    "switch write-index",
    "retire move-file",
  ]);
  expect(part.rows).toEqual([
    { key: "k", sessionId: undefined, action: "restore", reasons: ["undo"], ageMs: null },
  ]);
});
