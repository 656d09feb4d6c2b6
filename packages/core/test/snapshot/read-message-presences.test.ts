import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { readMessagePresences } from "../../src/snapshot/read-message-presences.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();
const message = '{"type":"message","message":{"role":"user","content":"hi"}}\n';

function writeStore(): void {
  dir.index({
    a: { sessionId: "empty" },
    b: { sessionId: "spoken" },
    c: { sessionId: "torn" },
    d: { sessionId: "large" },
    e: { sessionId: "missing" },
    f: { sessionId: "gone", sessionFile: "empty.jsonl" },
    g: { sessionId: "link" },
    h: { sessionId: "directory" },
  });
  dir.write("empty.jsonl", '{"type":"session"}\n');
  dir.write("spoken.jsonl", message);
  dir.write("torn.jsonl", '{"type":"mess');
  dir.write("large.jsonl", " ".repeat(4097));
  dir.write("unreferenced.jsonl", message);
  symlinkSync("spoken.jsonl", dir.at("link.jsonl"));
  mkdirSync(dir.at("directory.jsonl"));
}

test("looks into the transcripts that rows resolve to, and into no others", () => {
  writeStore();
  expect(Object.fromEntries(readMessagePresences(nodeReadFs, dir.scan()))).toEqual({
    "empty.jsonl": "none",
    "spoken.jsonl": "some",
    "torn.jsonl": "unparsable",
    "large.jsonl": "too-large",
  });
});

test.each(["EACCES", "EIO", "ELOOP", "EMFILE"])("of one that fails with %s nothing is known", (errno) => {
  writeStore();
  const presences = readMessagePresences(failingFs("withFile", dir.at("empty.jsonl"), errno), dir.scan());
  expect([...presences.keys()].toSorted()).toEqual(["large.jsonl", "spoken.jsonl", "torn.jsonl"]);
});

test("a large one is not opened", () => {
  writeStore();
  const presences = readMessagePresences(failingFs("withFile", dir.at("large.jsonl"), "EIO"), dir.scan());
  expect(presences.get("large.jsonl")).toBe("too-large");
});

test("a defect of the program is no answer", () => {
  writeStore();
  const broken = {
    ...nodeReadFs,
    withFile: () => {
      throw new TypeError("defect");
    },
  };
  expect(() => readMessagePresences(broken, dir.scan())).toThrow("defect");
});
