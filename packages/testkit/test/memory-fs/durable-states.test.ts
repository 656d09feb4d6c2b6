import { describe, expect, test } from "vitest";
import { fromState, tree } from "../../src/index.ts";
import { diskWith, listing, put } from "./outcomes.ts";

describe("states", () => {
  test("go from nothing unsynced to everything", () => {
    const fs = diskWith({ a: "A" });
    const before = tree(fs, "/");
    put(fs, "/d/b");
    fs.makeDir("/d/c", 0o700);
    const states = [...fs.durableStates()].map((state) => tree(fromState(state), "/"));
    expect([...(states[0]?.keys() ?? [])]).toEqual([...before.keys()]);
    expect(states[0]?.get("d/a")).toEqual(before.get("d/a"));
    expect(states.at(-1)).toEqual(tree(fs, "/"));
    expect(tree(fromState(fs.state()), "/")).toEqual(tree(fs, "/"));
  });

  test("are those of the moment at which they were asked for", () => {
    const fs = diskWith({ a: "A" });
    fs.link("/d/a", "/d/b");
    fs.appendFile("/d/a", (file) => file.write(Buffer.from("1")));
    const states = fs.durableStates();
    const present = fs.state();
    fs.unlink("/d/a");
    fs.appendFile("/d/b", (file) => {
      file.write(Buffer.from("2"));
      file.sync();
    });
    fs.syncDir("/d");
    expect([...states].map((state) => listing(fromState(state)))).toEqual([
      "a=A",
      "a=A\0",
      "a=A1",
      "a=A b=A",
      "a=A\0 b=A\0",
      "a=A1 b=A1",
    ]);
    expect(listing(fromState(present))).toBe("a=A1 b=A1");
  });

  test("are not changed by the file systems that start from them", () => {
    const fs = diskWith({ a: "A" });
    const state = fs.state();
    const one = fromState(state);
    one.unlink("/d/a");
    put(one, "/d/b");
    expect([listing(fromState(state)), listing(fs)]).toEqual(["a=A", "a=A"]);
  });

  test("tell how they came about", () => {
    const fs = diskWith({});
    put(fs, "/d/a");
    const stories = [...fs.durableStates()].map(({ story }) => story);
    expect([stories[0], stories[3]]).toEqual([
      "0 of 1 changes of names",
      "1 of 1 changes of names; inode 4 cut (5 bytes)",
    ]);
  });

  test("go on with new inode numbers and later times", () => {
    const fs = diskWith({ a: "A" });
    put(fs, "/d/b", { sync: true });
    const inos = [fs, ...[...fs.durableStates()].map((state) => fromState(state))].map((each) => {
      put(each, "/d/next");
      return each.lstat("/d/next")?.ino;
    });
    expect(new Set(inos).size).toBe(1);
    expect(inos[0]).toBeGreaterThan(fs.lstat("/d/b")?.ino ?? 0n);
  });
});
