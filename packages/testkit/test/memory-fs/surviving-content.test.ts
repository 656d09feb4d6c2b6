import { describe, expect, test } from "vitest";
import { fromState, type MemoryFs } from "../../src/index.ts";
import { diskWith, listing, outcomes, put } from "./outcomes.ts";

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
    fs.setMode("/d", 0o750);
    expect(facts(fs, "/d").map(([mode]) => mode)).toEqual([0o750]);
  });
});
