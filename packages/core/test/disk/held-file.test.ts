import { createHash } from "node:crypto";
import { memoryFs } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { heldFile } from "../../src/disk/held-file.ts";
import { readRange } from "../../src/disk/read-bytes.ts";
import { sha256OfFile } from "../../src/disk/sha256-of-file.ts";

const limitBytes = 16 * 2 ** 20;

function reads(sizeBytes: number): { readonly hash: string; readonly part: string; readonly calls: number } {
  const fs = memoryFs();
  fs.createFile("/file", 0o600, (file) => file.write(Buffer.alloc(sizeBytes, "abcdefg")));
  const before = fs.calls.length;
  const seen = fs.withFile("/file", (opened) => {
    const file = heldFile(opened);
    return { hash: sha256OfFile(file), part: readRange(file, 7, 12).toString() };
  });
  const calls = fs.calls.slice(before).filter(({ name }) => name === "read").length;
  return { hash: seen?.hash ?? "", part: seen?.part ?? "", calls };
}

test.each([
  { sizeBytes: 0, part: "", calls: 1 },
  { sizeBytes: 100, part: "abcde", calls: 1 },
  { sizeBytes: limitBytes, part: "abcde", calls: 1 },
  // 17 chunks to hash, and the part.
  { sizeBytes: limitBytes + 1, part: "abcde", calls: 18 },
])("a file of $sizeBytes bytes is read $calls times", ({ sizeBytes, part, calls }) => {
  const hash = createHash("sha256").update(Buffer.alloc(sizeBytes, "abcdefg")).digest("hex");
  expect(reads(sizeBytes)).toEqual({ hash, part, calls });
});
