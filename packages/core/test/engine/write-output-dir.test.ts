import { failAt, fromState, memoryFs, memoryHost, tree, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { isStoreError } from "../../src/store-error.ts";
import { writeOutputDir } from "../../src/engine/write-output-dir.ts";

const root = "/w/space";
const output = {
  root,
  names: [".openclaw", "exports", "one"],
  files: [
    { name: "a.json", bytes: Buffer.from("{}") },
    { name: "b.txt", bytes: Buffer.from("b") },
  ],
};

function start() {
  const fs = memoryFs();
  writeTree(fs, root, { "note.txt": "mine" });
  return fs.state();
}

function below(fs: ReturnType<typeof fromState>) {
  return Object.fromEntries(
    [...tree(fs, root)].map(([path, { kind, bytes, mode }]) => [
      path,
      kind === "file" ? `${String(bytes)} ${mode.toString(8)}` : mode.toString(8),
    ]),
  );
}

describe("writeOutputDir", () => {
  test("makes the directory and what leads to it, for the owner alone", () => {
    const fs = fromState(start());
    expect(writeOutputDir(memoryHost(fs, 1, 0), output)).toBe(`${root}/.openclaw/exports/one`);
    expect(below(fs)).toMatchObject({
      ".openclaw": "700",
      ".openclaw/exports": "700",
      ".openclaw/exports/one": "700",
      ".openclaw/exports/one/a.json": "{} 600",
      ".openclaw/exports/one/b.txt": "b 600",
    });
  });

  test.each([".sessionsmith", "link"])("never in our own directory, as %s", (name) => {
    const fs = memoryFs();
    writeTree(fs, root, {
      ".sessionsmith/ledger.jsonl": "{}",
      link: { symlink: `${root}/.sessionsmith` },
    });
    const before = below(fs);
    expect(() => writeOutputDir(memoryHost(fs, 1, 0), { ...output, root: `${root}/${name}` })).toThrow(
      expect.objectContaining({ code: "E_REFUSED" }),
    );
    expect(below(fs)).toEqual(before);
  });

  test("never over anything, and through no link", () => {
    const fs = fromState(start());
    const host = memoryHost(fs, 1, 0);
    writeOutputDir(host, output);
    const before = below(fs);
    expect(() => writeOutputDir(host, output)).toThrow(expect.objectContaining({ code: "E_REFUSED" }));
    const inFile = { ...output, names: ["note.txt", "x"] };
    expect(() => writeOutputDir(host, inFile)).toThrow(expect.objectContaining({ code: "E_REFUSED" }));
    const nowhere = { ...output, root: "/w/none" };
    expect(() => writeOutputDir(host, nowhere)).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
    expect(below(fs)).toEqual(before);
  });

  test("whatever call fails, the directory is whole or not there", () => {
    const ends = Array.from({ length: 60 }, (_, n) => {
      const fs = fromState(start(), { fault: failAt(n + 1, "EIO") });
      const code = codeOf(() => writeOutputDir(memoryHost(fs, 1, 0), output));
      const names = Object.keys(below(fromState(fs.state())));
      const whole = names.filter((name) => name.startsWith(".openclaw/exports/one/")).length;
      return `${code} ${whole}`;
    });
    expect(new Set(ends)).toEqual(new Set(["E_IO 0", "done 2"]));
  });
});

function codeOf(work: () => void): string {
  try {
    work();
    return "done";
  } catch (error) {
    if (isStoreError(error)) return error.code;
    throw error;
  }
}
