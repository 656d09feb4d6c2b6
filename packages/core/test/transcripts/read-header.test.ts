import { expect, test } from "vitest";
import { readHeader, readSeenHeader } from "../../src/transcripts/read-header.ts";
import { bytesFile, filesFs, oneFileFs } from "./bytes-file.ts";

function header(cwd: string): string {
  return JSON.stringify({ type: "session", version: 3, id: "a", cwd });
}

test("is the first line that is not blank", () => {
  expect(readHeader(oneFileFs(`\n \r\n${header("/w")}\r\noops\n`), "t")).toMatchObject({
    state: "header",
    header: { cwd: "/w" },
  });
});

test("may be longer than one read, and not much more than it is read", () => {
  const file = bytesFile(`${header("x".repeat(5000))}\n${"y".repeat(50_000)}`);
  expect(readHeader(filesFs(new Map([["t", file]])), "t")).toMatchObject({ state: "header" });
  expect(file.reads).toEqual([
    [0, 4096],
    [0, 4096],
    [4096, 8192],
  ]);
});

test("of one transcript is not disturbed by that of the next", () => {
  const files = new Map(["a", "b"].map((id) => [id, bytesFile(`${header(id)}\nmore\n`)]));
  const headers = ["a", "b"].map((id) => readHeader(filesFs(files), id));
  expect(headers).toMatchObject([{ header: { cwd: "a" } }, { header: { cwd: "b" } }]);
});

test("of more than 64 KiB is damaged", () => {
  expect(readHeader(oneFileFs(`${header("x".repeat(65_536))}\n`), "t")).toEqual({
    state: "damaged",
    problem: "not-json",
  });
});

test("an empty file has none, no file is undefined", () => {
  expect(readHeader(oneFileFs("\n"), "t")).toEqual({ state: "missing" });
  expect(readHeader(oneFileFs(""), "none")).toBeUndefined();
});

test("of a file that was looked at already is the same, long ones too, and whatever the file has become since", () => {
  for (const cwd of ["/w", "x".repeat(5000)]) {
    const named = JSON.stringify({ type: "session", version: 3, id: "a", cwd, parentSession: "p" });
    const file = bytesFile(`${named}\nmore\n`);
    const fs = filesFs(new Map([["t", file]]));
    for (const size of [file.fact.size, 10, 100_000])
      expect(readSeenHeader(fs, "t", { ...file.fact, size })).toEqual(readHeader(fs, "t"));
  }
  expect(readSeenHeader(filesFs(new Map()), "t", bytesFile("").fact)).toBeUndefined();
});

test("of a file that was looked at already is not parsed if its letters say that it names no parent", () => {
  expect(seen(header("/w"))).toBe("names-no-parent");
  expect(seen('{"type":"session","version":1,"no JSON')).toBe("names-no-parent");
  expect(seen('{"type":"session","version":4,"id":"a"}')).toEqual({ state: "newer", version: 4 });
  expect(seen('{"type":"session","version":3,"id":"a","version":4}')).toEqual({ state: "newer", version: 4 });
  expect(seen('{"type":"session","version":3,"id":"a","cwd":"C:\\\\w"}')).toMatchObject({ state: "header" });
});

function seen(line: string): ReturnType<typeof readSeenHeader> {
  const file = bytesFile(`${line}\n`);
  return readSeenHeader(filesFs(new Map([["t", file]])), "t", file.fact);
}
