import { describe, expect, test } from "vitest";
import { fromState, type MemoryFs, memoryFs, type TreeSpec, tree, writeTree } from "../../src/index.ts";

/** A disk on which all of this is on stable storage. */
function diskWith(spec: TreeSpec): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, "/d", spec);
  return fromState(fs.state());
}

/** What a crash may leave below `/d`, each state as one line: `name=text` for files, `name/` for directories. */
function outcomes(fs: MemoryFs): string[] {
  return [...fs.durableStates()].map((state) => listing(fromState(state)));
}

function listing(fs: MemoryFs): string {
  if (fs.lstat("/d") === undefined) return "nothing";
  return [...tree(fs, "/d")]
    .map(([path, entry]) =>
      entry.bytes === undefined ? `${path}/` : `${path}=${entry.bytes.toString("latin1")}`,
    )
    .join(" ");
}

function put(fs: MemoryFs, path: string, options: { text?: string; sync?: boolean } = {}): void {
  fs.createFile(path, 0o600, (file) => {
    file.write(Buffer.from(options.text ?? "0123456789"));
    if (options.sync === true) file.sync();
  });
}

/** Mode, owner and time of a path in each state. */
function facts(fs: MemoryFs, path: string): unknown[][] {
  return [...fs.durableStates()].map((state) => {
    const { mode, uid, mtimeNs } = fromState(state).lstat(path) ?? {};
    return [mode, uid, mtimeNs];
  });
}

describe("content", () => {
  test("of a new file that nobody synced, and its name, may be lost, cut or zero-filled", () => {
    const fs = diskWith({});
    put(fs, "/d/a");
    expect(outcomes(fs)).toEqual([
      "",
      "a=",
      "a=0",
      "a=01234",
      "a=012345678",
      `a=${"\0".repeat(10)}`,
      "a=0123456789",
    ]);
  });

  test("of a synced file is whole, but its name may be lost", () => {
    const fs = diskWith({});
    put(fs, "/d/a", { sync: true });
    expect(outcomes(fs)).toEqual(["", "a=0123456789"]);
  });

  test("of a file is not synced by its directory", () => {
    const fs = diskWith({});
    put(fs, "/d/a", { text: "0" });
    fs.syncDir("/d");
    expect(outcomes(fs)).toEqual(["a=", "a=\0", "a=0"]);
  });

  test("is there for good once file and directory are synced", () => {
    const fs = diskWith({});
    put(fs, "/d/a", { sync: true });
    fs.syncDir("/d");
    expect(outcomes(fs)).toEqual(["a=0123456789"]);
  });

  test("that was appended may be lost; what was there before is not", () => {
    const fs = diskWith({ a: "AB" });
    fs.appendFile("/d/a", (file) => file.write(Buffer.from("0123")));
    expect(outcomes(fs)).toEqual(["a=AB", "a=AB0", "a=AB01", "a=AB012", "a=AB\0\0\0\0", "a=AB0123"]);
  });

  test("that was cut off may come back, alone or as the place of what was appended then", () => {
    const fs = diskWith({ a: "ABCD" });
    fs.appendFile("/d/a", (file) => file.truncate(2));
    expect(outcomes(fs)).toEqual(["a=ABCD", "a=AB"]);
    fs.appendFile("/d/a", (file) => file.write(Buffer.from("x")));
    expect(outcomes(fs)).toEqual(["a=ABCD", "a=AB", "a=AB\0", "a=ABx"]);
  });

  test("of several files is lost in every combination", () => {
    const fs = diskWith({ a: "", b: "" });
    for (const path of ["/d/a", "/d/b"]) fs.appendFile(path, (file) => file.write(Buffer.from("x")));
    const each = ["", "\0", "x"];
    expect(outcomes(fs)).toEqual(each.flatMap((a) => each.map((b) => `a=${a} b=${b}`)));
  });

  test("with more combinations than wanted, one file at a time", () => {
    const fs = diskWith({ a: "", b: "", c: "" });
    for (const path of ["/d/a", "/d/b", "/d/c"]) fs.appendFile(path, (file) => file.write(Buffer.from("x")));
    const texts = [...fs.durableStates(20)].map((state) => listing(fromState(state)));
    expect(texts).toHaveLength(14);
    expect(texts).toEqual(expect.arrayContaining(["a=x b=x c=x", "a= b= c=", "a=\0 b=x c=x", "a= b= c=x"]));
  });
});

describe("names", () => {
  test("survive in the order in which they were made", () => {
    const fs = diskWith({});
    for (const name of ["b", "a", "c"]) fs.makeDir(`/d/${name}`, 0o700);
    expect(outcomes(fs)).toEqual(["", "b/", "a/ b/", "a/ b/ c/"]);
  });

  test("of different directories survive independently", () => {
    const fs = diskWith({ p: { directory: true }, q: { directory: true } });
    fs.makeDir("/d/p/x", 0o700);
    fs.makeDir("/d/q/y", 0o700);
    expect(outcomes(fs).toSorted()).toEqual(["p/ p/x/ q/", "p/ p/x/ q/ q/y/", "p/ q/", "p/ q/ q/y/"]);
    fs.syncDir("/d/q");
    expect(outcomes(fs)).toEqual(["p/ q/ q/y/", "p/ p/x/ q/ q/y/"]);
  });

  test("of a rename are the old or the new one, never both and never none", () => {
    const fs = diskWith({ a: "A" });
    fs.rename("/d/a", "/d/b");
    expect(outcomes(fs)).toEqual(["a=A", "b=A"]);
  });

  test("of a rename over a file lead to the old or the new content", () => {
    const fs = diskWith({ index: "old", temp: "new" });
    fs.rename("/d/temp", "/d/index");
    expect(outcomes(fs)).toEqual(["index=old temp=new", "index=new"]);
  });

  test.each(["/d/p", "/d/q"])("of a rename between directories change together, synced by %s", (dir) => {
    const fs = diskWith({ "p/a": "A", q: { directory: true } });
    fs.rename("/d/p/a", "/d/q/b");
    expect(outcomes(fs)).toEqual(["p/ p/a=A q/", "p/ q/ q/b=A"]);
    fs.syncDir(dir);
    expect(outcomes(fs)).toEqual(["p/ q/ q/b=A"]);
  });

  test("that a synced rename builds on are synced with it", () => {
    const fs = diskWith({ p: { directory: true }, q: { directory: true } });
    put(fs, "/d/p/a", { text: "A", sync: true });
    fs.rename("/d/p/a", "/d/q/a");
    fs.makeDir("/d/p/later", 0o700);
    fs.syncDir("/d/q");
    expect(outcomes(fs)).toEqual(["p/ q/ q/a=A", "p/ p/later/ q/ q/a=A"]);
  });

  test("of a move by link, sync and unlink: one of the two is always there", () => {
    const fs = diskWith({ a: "A", trash: { directory: true } });
    fs.link("/d/a", "/d/trash/a");
    fs.syncDir("/d/trash");
    fs.unlink("/d/a");
    expect(outcomes(fs)).toEqual(["a=A trash/ trash/a=A", "trash/ trash/a=A"]);
  });

  test("of a move by link and unlink without a sync between them may both be lost", () => {
    const fs = diskWith({ a: "A", trash: { directory: true } });
    fs.link("/d/a", "/d/trash/a");
    fs.unlink("/d/a");
    expect(outcomes(fs)).toContain("trash/");
  });

  test("in a new directory are lost with it, whatever was synced in it", () => {
    const fs = diskWith({});
    fs.makeDir("/d/new", 0o700);
    put(fs, "/d/new/a", { text: "A", sync: true });
    fs.syncDir("/d/new");
    expect(outcomes(fs)).toEqual(["", "new/ new/a=A"]);
  });

  test("that were moved out of a removed directory have left it when it goes", () => {
    const fs = diskWith({ "old/a": "A", kept: { directory: true } });
    fs.rename("/d/old/a", "/d/kept/a");
    fs.removeDir("/d/old");
    expect(outcomes(fs)).toEqual(["kept/ old/ old/a=A", "kept/ kept/a=A old/", "kept/ kept/a=A"]);
  });

  test("that come and go leave each outcome once", () => {
    const fs = diskWith({ a: "A" });
    fs.link("/d/a", "/d/b");
    fs.unlink("/d/b");
    expect(outcomes(fs)).toEqual(["a=A", "a=A b=A"]);
  });

  test("are counted as links", () => {
    const fs = diskWith({ a: "A" });
    fs.link("/d/a", "/d/b");
    const links = [...fs.durableStates()].map((state) => fromState(state).lstat("/d/a")?.nlink);
    expect([links, fs.lstat("/d/a")?.nlink]).toEqual([[1, 2], 2]);
  });
});

describe("mode, owner and time", () => {
  test("of a file may be the old ones until it is synced", () => {
    const fs = diskWith({ a: { content: "A", mtimeNs: 7n } });
    fs.appendFile("/d/a", (file) => {
      file.setMode(0o640);
      file.setOwner(5, 6);
      file.setMtime(9n);
      expect(facts(fs, "/d/a")).toEqual([
        [0o600, 1000, 7n],
        [0o640, 5, 9n],
      ]);
      file.sync();
    });
    expect(facts(fs, "/d/a")).toEqual([[0o640, 5, 9n]]);
  });

  test("of a directory may be the old ones until it is synced", () => {
    const fs = diskWith({});
    fs.setMode("/d", 0o750);
    expect(facts(fs, "/d").map(([mode]) => mode)).toEqual([0o700, 0o750]);
    fs.syncDir("/d");
    expect(facts(fs, "/d").map(([mode]) => mode)).toEqual([0o750]);
  });
});

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
    const states = fs.durableStates();
    const present = fs.state();
    fs.unlink("/d/a");
    fs.appendFile("/d/b", (file) => file.write(Buffer.from("B")));
    fs.syncDir("/d");
    expect([...states].map((state) => listing(fromState(state)))).toEqual(["a=A", "a=A b=A"]);
    expect(listing(fromState(present))).toBe("a=A b=A");
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
      "1 of 1 changes of names; cut (5 bytes)",
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
