import { describe, expect, test } from "vitest";
import { fromState } from "../../src/index.ts";
import { diskWith, outcomes, put } from "./outcomes.ts";

describe("names", () => {
  test("survive in the order in which they were made", () => {
    const fs = diskWith({});
    for (const name of ["b", "a", "c"]) fs.makeDir(`/d/${name}`, 0o700);
    expect(outcomes(fs)).toEqual(["", "b/", "a/ b/", "a/ b/ c/"]);
  });

  test("that were synced stay, whatever comes next", () => {
    const fs = diskWith({});
    fs.makeDir("/d/a", 0o700);
    fs.syncDir("/d");
    fs.makeDir("/d/b", 0o700);
    expect(outcomes(fs)).toEqual(["a/", "a/ b/"]);
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
    fs.makeDir("/d/p/early", 0o700);
    put(fs, "/d/p/a", { text: "A", sync: true });
    fs.rename("/d/p/a", "/d/q/a");
    fs.makeDir("/d/p/later", 0o700);
    fs.syncDir("/d/q");
    expect(outcomes(fs)).toEqual(["p/ p/early/ q/ q/a=A", "p/ p/early/ p/later/ q/ q/a=A"]);
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

  test("that were moved out of a replaced directory have left it when it goes", () => {
    const fs = diskWith({ "old/a": "A", new: { directory: true }, kept: { directory: true } });
    fs.rename("/d/old/a", "/d/kept/a");
    fs.rename("/d/new", "/d/old");
    for (const outcome of outcomes(fs)) expect(outcome).toContain("a=A");
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
