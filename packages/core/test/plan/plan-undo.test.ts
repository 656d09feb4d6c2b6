import { describe, expect, test } from "vitest";
import type { FileFact } from "../../src/disk/read-fs.ts";
import type { JournaledMove, JournaledStep } from "../../src/plan/journaled-step.ts";
import { planUndo, type UndoPart } from "../../src/plan/plan-undo.ts";
import type { WriteFileStep } from "../../src/plan/step.ts";
import type { UndoInput } from "../../src/plan/undo-input.ts";
import { unreadableIndex } from "../../src/session-index/unreadable-index.ts";
import { documentOf } from "../session-index/index-document-of.ts";
import { aPart } from "./plan-builder.ts";

const fact = (ino: number, size = 10, { mode = 0o600, mtimeNs = 5n } = {}): FileFact => ({
  kind: "file",
  dev: 1n,
  ino: BigInt(ino),
  size,
  mtimeNs,
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
    isIndexAsBefore: false,
    present: documentOf("{}"),
    references: {
      present: new Map(),
      before: new Map(),
      elsewhere: new Set(),
      leftSince: new Set(),
      writtenSince: new Set(),
    },
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

  test("of a store that was copied since has another inode: its size and time tell, and it is expected as it is now", () => {
    const { part, conflicts } = undo(move, { "a.jsonl.deleted.x": fact(4) });
    expect(conflicts).toEqual([]);
    expect(part.steps).toMatchObject([{ to: { as: "name", name: "a.jsonl" }, expect: identity(4) }]);
  });

  test.each<[string, Record<string, FileFact>, object[]]>([
    ["gone since", {}, [{ kind: "file", path: "a.jsonl.deleted.x", why: "gone" }]],
    [
      "replaced since",
      { "a.jsonl.deleted.x": fact(4, 10, { mtimeNs: 6n }) },
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
    const undone = undo(step, mode === undefined ? {} : { a: fact(3, 10, { mode }) });
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

test("a file that the operator named stays", () => {
  const content = { source: "inline", text: "" } as const;
  const step = { kind: "write-output", phase: "create", path: "/out", content, force: false } as const;
  expect(undo(step, {}).part.steps).toEqual([]);
});

const dir = (name: string) => ({ kind: "make-dir", phase: "create", name, mode: 0o700 }) as const;

describe("a directory", () => {
  const there = { ...fact(8), kind: "directory" } as const;

  test("that was made goes after those in it, if it is there", () => {
    const steps = [dir("more"), dir("more/inner"), dir("gone")];
    const { part } = undo(dir("more"), { more: there, "more/inner": there }, { steps });
    expect(part.steps).toEqual([
      { kind: "remove-dir", phase: "retire", name: "more/inner" },
      { kind: "remove-dir", phase: "retire", name: "more" },
    ]);
  });

  test("that is missing on the way to a file that comes back is made, from the top", () => {
    const deep = { ...move, from: "more/inner/a.txt", to: "trashed" };
    expect(undo(deep, { trashed: fact(3), more: there }).part.steps).toMatchObject([
      dir("more/inner"),
      { kind: "move-file", from: "trashed" },
    ]);
    expect(undo(deep, { trashed: fact(3) }).part.steps.filter((_, n) => n < 2)).toEqual([
      dir("more"),
      dir("more/inner"),
    ]);
  });

  test("in whose place is something else keeps the file away", () => {
    const deep = { ...move, from: "more/inner/a.txt", to: "trashed" };
    const { part, conflicts } = undo(deep, { trashed: fact(3), more: fact(9) });
    expect(part.steps).toEqual([]);
    expect(conflicts).toEqual([{ kind: "file", path: "more", why: "taken" }]);
  });

  test.each([
    ["gone", {}],
    ["taken", { "../w": fact(9) }],
  ])("outside the sessions directory is not made again: %s", (why, present) => {
    const above = { "..": { ...fact(1), kind: "directory" as const } };
    const outside = { ...move, from: "../w/a.json", to: "trashed" };
    const { part, conflicts } = undo(outside, { trashed: fact(3), ...above, ...present });
    expect(part.steps).toEqual([]);
    expect(conflicts).toEqual([{ kind: "file", path: "../w", why }]);
  });
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

const written = (before: string, after: string) => ({
  path: "/s/kept",
  mtimeNs: 1n,
  before: documentOf(before),
  after: documentOf(after),
});
const row = `{"k":{"sessionId":"a"}}`;
const patched = `{"k":{"sessionId":"a","label":"Ann"}}`;
const needs = (name: string) => new Map([["k", [name]]]);
const stays = (path: string) => ({ kind: "file", path, why: "session-stays" });
const none = {
  present: new Map(),
  before: new Map(),
  elsewhere: new Set<string>(),
  leftSince: new Set<string>(),
  writtenSince: new Set<string>(),
};

/** Takes the removal of a transcript and of rows back. */
const undoWith = (before: string, after: string, present: string) =>
  undo(
    move,
    { "a.jsonl.deleted.x": fact(3) },
    {
      index: written(before, after),
      present: documentOf(present),
      references: { ...none, before: needs("a.jsonl") },
    },
  );

describe("a session is not torn apart:", () => {
  test("the transcript of a row that was brought and has changed since stays with it", () => {
    const { part, conflicts } = undo(
      made,
      { "new.jsonl": fact(3) },
      {
        index: written("{}", row),
        present: documentOf(patched),
        references: { ...none, present: needs("new.jsonl") },
      },
    );
    expect(part.steps).toEqual([]);
    expect(conflicts).toEqual([stays("new.jsonl"), { kind: "row", key: "k", why: "changed-since" }]);
  });

  test("so does the replaced transcript of one that was changed", () => {
    const replaced: WriteFileStep = { ...made, phase: "switch", replaces: identity(2) };
    const former = { path: "/s/kept", size: 4, sha256: "f", mode: 0o600, mtimeNs: 9n };
    const { part, conflicts } = undo(
      replaced,
      { "new.jsonl": fact(3) },
      {
        replaced: new Map([[0, former]]),
        index: written(row, `{"k":{"sessionId":"a","label":"mended"}}`),
        present: documentOf(patched),
        references: { ...none, present: needs("new.jsonl"), before: needs("new.jsonl") },
      },
    );
    expect(part.steps).toEqual([]);
    expect(conflicts).toEqual([stays("new.jsonl"), { kind: "row", key: "k", why: "changed-since" }]);
  });

  test("a row that was brought stays with the transcript that has gone on", () => {
    const { part, conflicts } = undo(
      made,
      { "new.jsonl": fact(3, 11) },
      {
        index: written("{}", row),
        present: documentOf(row),
        references: { ...none, present: needs("new.jsonl") },
      },
    );
    expect(part).toMatchObject({ rows: [], steps: [] });
    expect(conflicts).toEqual([
      { kind: "file", path: "new.jsonl", why: "changed-since" },
      { kind: "row", key: "k", why: "transcript-stays" },
    ]);
  });

  test("a sidecar that has gone on keeps no row back", () => {
    const sidecar: WriteFileStep = { ...made, name: "a.trajectory.jsonl" };
    const { part } = undo(
      sidecar,
      { "a.trajectory.jsonl": fact(3, 11) },
      {
        index: written("{}", row),
        present: documentOf(row),
        references: { ...none, present: needs("a.trajectory.jsonl") },
      },
    );
    expect(part.rows).toMatchObject([{ key: "k" }]);
  });

  test.each<[string, Record<string, FileFact>, string]>([
    ["gone", {}, "a.jsonl.deleted.x"],
    ["taken", { "a.jsonl.deleted.x": fact(3), "a.jsonl": fact(9) }, "a.jsonl"],
    ["changed-since", { "a.jsonl.deleted.x": fact(3, 11) }, "a.jsonl.deleted.x"],
  ])("a row without the transcript that it had (%s) does not come back", (why, files, path) => {
    const records = [
      { type: "ended", key: "k" },
      { type: "ended", key: "other" },
    ];
    const { part, conflicts } = undo(move, files, {
      steps: [move, { kind: "append-record", phase: "create", records }],
      index: written(row, "{}"),
      present: documentOf("{}"),
      references: { ...none, before: needs("a.jsonl") },
    });
    expect(part.rows).toEqual([]);
    expect(part.steps).toEqual([
      { kind: "append-record", phase: "create", records: [{ type: "restored", key: "other", undoes: "op" }] },
    ]);
    expect(conflicts).toEqual([
      { kind: "file", path, why },
      { kind: "row", key: "k", why: "transcript-stays" },
    ]);
  });

  describe("the key of a removed row is taken:", () => {
    const taken = {
      index: written(row, "{}"),
      present: documentOf(`{"k":{"sessionId":"b"}}`),
      references: { ...none, before: needs("a.jsonl") },
    };

    test("its transcript stays in the archive", () => {
      expect(undo(move, { "a.jsonl.deleted.x": fact(3) }, taken).conflicts).toEqual([
        stays("a.jsonl.deleted.x"),
        { kind: "row", key: "k", why: "taken" },
      ]);
    });

    test.each<[string, Partial<UndoInput["references"]>]>([
      ["the row that is there now needs it", { present: needs("a.jsonl") }],
      ["another row had it too", { before: new Map([...needs("a.jsonl"), ["l", ["a.jsonl"]]]) }],
    ])("it comes back if %s", (_name, more) => {
      const references = { ...taken.references, ...more };
      const { part, conflicts } = undo(move, { "a.jsonl.deleted.x": fact(3) }, { ...taken, references });
      expect(part.steps).toMatchObject([{ kind: "move-file", from: "a.jsonl.deleted.x" }]);
      expect(conflicts).toEqual([{ kind: "row", key: "k", why: "taken" }]);
    });
  });

  describe("the label of a removed row", () => {
    const labelled = `{"k":{"sessionId":"a","label":"Ann"},"l":{"sessionId":"b"},"m":{"sessionId":"c"}}`;
    test("is another row's now: it stays away with its transcript, the rest comes back", () => {
      const { part, conflicts } = undoWith(labelled, "{}", `{"n":{"sessionId":"d","label":"Ann"}}`);
      expect(part.rows.map(({ key }) => key)).toEqual(["l", "m"]);
      expect(conflicts).toEqual([stays("a.jsonl.deleted.x"), { kind: "row", key: "k", why: "label-taken" }]);
    });

    test("is the same with white space around it", () => {
      const { conflicts } = undoWith(labelled, "{}", `{"n":{"sessionId":"d","label":" Ann "}}`);
      expect(conflicts).toEqual([stays("a.jsonl.deleted.x"), { kind: "row", key: "k", why: "label-taken" }]);
    });

    test("stays with a row that has it by the operation and stays itself", () => {
      const after = `{"l":{"sessionId":"b","label":"Ann"}}`;
      const present = `{"l":{"sessionId":"b","label":"Ann","x":1}}`;
      expect(undoWith(labelled, after, present).conflicts).toEqual([
        stays("a.jsonl.deleted.x"),
        { kind: "row", key: "l", why: "changed-since" },
        { kind: "row", key: "k", why: "label-taken" },
      ]);
    });

    test.each([
      ["goes back from the row that got it", `{"l":{"sessionId":"b","label":"Ann"}}`],
      ["is nobody's", `{"l":{"sessionId":"b","label":"Bob"}}`],
    ])("comes back if it %s", (_name, after) => {
      expect(undoWith(labelled, after, after.replace("}}", `},"n":1}`)).conflicts).toEqual([]);
    });

    test("comes back if another row had it before, too", () => {
      const both = `{"k":{"sessionId":"a","label":"Ann"},"l":{"sessionId":"b","label":"Ann"}}`;
      const left = `{"l":{"sessionId":"b","label":"Ann"}}`;
      expect(undoWith(both, left, `{"l":{"sessionId":"b","label":"Ann"},"n":1}`).conflicts).toEqual([]);
    });
  });

  describe("a file that the operation brought stays", () => {
    const brought: JournaledMove = {
      ...move,
      from: ".sessionsmith/operations/o/files/000001",
      to: "a.jsonl",
    };
    const there = { "a.jsonl": fact(3) };
    const references = { ...none, present: needs("a.jsonl") };

    test("if a row of a later index needs it", () => {
      expect(undo(brought, there, { present: documentOf(row), references }).conflicts).toEqual([
        stays("a.jsonl"),
      ]);
    });

    test("if something beside the index needs it", () => {
      const elsewhere = new Set(["a.jsonl"]);
      expect(undo(brought, there, { references: { ...none, elsewhere } }).conflicts).toEqual([
        stays("a.jsonl"),
      ]);
    });

    test.each<[string, Partial<UndoInput>]>([
      ["the index is the one of before", { isIndexAsBefore: true }],
      ["the row is what it was before", { index: written(row, `{"k":{"sessionId":"a"},"l":1}`) }],
    ])("but not if %s: the row did without it", (_name, more) => {
      const { part, conflicts } = undo(brought, there, { present: documentOf(row), references, ...more });
      expect(conflicts).toEqual([]);
      expect(part.steps).toMatchObject([{ kind: "move-file", from: "a.jsonl", to: { as: "trash" } }]);
    });
  });

  test("a session that goes on under the key that it was given does not come back under its former one", () => {
    const { part, conflicts } = undo(
      move,
      { "a.jsonl.deleted.x": fact(3), "b.jsonl": fact(4) },
      {
        index: written(`{"k":{"sessionId":"a"},"l":{"sessionId":"b"}}`, `{"k":{"sessionId":"b"}}`),
        present: documentOf(`{"k":{"sessionId":"b","label":"Ann"}}`),
        references: {
          ...none,
          present: needs("b.jsonl"),
          before: new Map([...needs("a.jsonl"), ["l", ["b.jsonl"]]]),
        },
      },
    );
    expect(part).toMatchObject({ rows: [], steps: [] });
    expect(conflicts).toEqual([
      stays("a.jsonl.deleted.x"),
      { kind: "row", key: "k", why: "changed-since" },
      { kind: "row", key: "l", why: "transcript-stays" },
    ]);
  });

  test("an index that was made and has a row that stays does not go", () => {
    const two = documentOf(`{"k":{"sessionId":"a"},"l":{"sessionId":"b"}}`);
    const { part } = undo(
      made,
      { "new.jsonl": fact(3, 11), "sessions.json": fact(8) },
      {
        index: { path: "/s/kept", mtimeNs: 1n, before: undefined, after: two },
        present: two,
        references: { ...none, present: needs("new.jsonl") },
      },
    );
    expect(part.rows).toMatchObject([{ key: "l" }]);
    expect(part.steps).toMatchObject([{ kind: "write-index" }]);
  });

  test("an index whose former can't be read goes back wholly or not at all", () => {
    const after = documentOf(row);
    const broken = unreadableIndex(Buffer.from("{"));
    const { part, conflicts } = undo(
      made,
      { "new.jsonl": fact(3, 11) },
      {
        index: { path: "/s/kept", mtimeNs: 1n, before: broken, after },
        present: after,
        references: { ...none, present: new Map([...needs("new.jsonl"), ["l", []]]) },
      },
    );
    expect(part.steps).toEqual([]);
    expect(conflicts).toEqual([
      { kind: "file", path: "new.jsonl", why: "changed-since" },
      { kind: "file", path: "/s/sessions.json", why: "changed-since" },
    ]);
  });
});
