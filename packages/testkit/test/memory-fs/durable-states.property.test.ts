import { array, assert, constantFrom, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { fromState, type MemoryFs, memoryFs, tree, writeTree } from "../../src/index.ts";

const calls: Readonly<Record<string, (fs: MemoryFs, path: string, other: string) => unknown>> = {
  create: (fs, path) => fs.createFile(path, 0o600, (file) => file.write(Buffer.from("new"))),
  append: (fs, path) => fs.appendFile(path, (file) => file.write(Buffer.from("more"))),
  cut: (fs, path) => fs.appendFile(path, (file) => file.truncate(2)),
  sync: (fs, path) => fs.appendFile(path, (file) => file.sync()),
  link: (fs, path, other) => fs.link(path, other),
  rename: (fs, path, other) => fs.rename(path, other),
  unlink: (fs, path) => fs.unlink(path),
  makeDir: (fs, path) => fs.makeDir(path, 0o700),
  removeDir: (fs, path) => fs.removeDir(path),
  setMode: (fs, path) => fs.setMode(path, 0o640),
  syncDir: (fs, path) => fs.syncDir(path),
};

const path = constantFrom("/a", "/b", "/p", "/q", "/p/a", "/q/a", "/p/q", "/p/q/a");
const history = array(tuple(constantFrom(...Object.keys(calls)), path, path), { maxLength: 40 });

type History = readonly (readonly [call: string, path: string, other: string])[];

/** A disk after a history that begins with a kept file and two directories; what fails does nothing. */
function diskAfter(steps: History): MemoryFs {
  const start = memoryFs();
  writeTree(start, "/", { "kept/a": "kept", p: { directory: true }, q: { directory: true } });
  const fs = fromState(start.state());
  for (const [call, one, other] of steps) {
    try {
      calls[call]?.(fs, one, other);
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) throw error;
    }
  }
  return fs;
}

/** Names that lead to each inode, counted from the tree. */
function linksByIno(fs: MemoryFs): Map<bigint, number> {
  const links = new Map<bigint, number>();
  for (const { ino } of tree(fs, "/").values()) links.set(ino, (links.get(ino) ?? 0) + 1);
  return links;
}

test("every state is a whole file system that keeps what was synced, and one is the present", () => {
  assert(
    property(history, (steps) => {
      const fs = diskAfter(steps);
      const states = [...fs.durableStates(16)];
      for (const state of states) {
        const left = fromState(state);
        const links = linksByIno(left);
        const entries = [...tree(left, "/").values()];
        expect(entries.filter(({ ino, nlink }) => nlink !== links.get(ino))).toEqual([]);
        expect(state.nodes.filter((node) => node !== undefined).length).toBe(links.size + 1);
        expect(left.withFile("/kept/a", (file) => file.fact.size)).toBe(4);
        expect(tree(fromState(left.state()), "/")).toEqual(tree(left, "/"));
      }
      expect(states.map((state) => tree(fromState(state), "/"))).toContainEqual(tree(fs, "/"));
    }),
  );
});

test("no two states are alike", () => {
  assert(
    property(history, (steps) => {
      const states = [...diskAfter(steps).durableStates(16)].map((state) =>
        [...tree(fromState(state), "/")]
          .map(([name, { ino, mode, mtimeNs, bytes }]) =>
            [name, ino, mode, mtimeNs, bytes?.toString()].join(),
          )
          .join(" "),
      );
      expect(states.toSorted()).toEqual([...new Set(states)].toSorted());
    }),
  );
});

test("once everything is synced there is one state, the present", () => {
  assert(
    property(history, (steps) => {
      const fs = diskAfter(steps);
      fs.syncDir("/");
      for (const [name, { kind }] of tree(fs, "/")) {
        if (kind === "directory") fs.syncDir(`/${name}`);
        else fs.appendFile(`/${name}`, (file) => file.sync());
      }
      const states = [...fs.durableStates()];
      expect(states.map((state) => tree(fromState(state), "/"))).toEqual([tree(fs, "/")]);
    }),
  );
});
