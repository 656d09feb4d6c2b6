import { expect, test } from "vitest";
import { readMessagePresence } from "../../src/transcripts/message-presence.ts";
import { oneFileFs } from "./bytes-file.ts";

const header = '{"type":"session","version":3,"id":"a"}';
const custom = '{"type":"custom","customType":"x"}';
const message = '{"type":"message","message":{"role":"user","content":"hi"}}';

test.each([
  ["no bytes", "", "none"],
  ["blank lines", "\n \t\r\n\n", "none"],
  ["a header", `${header}\n`, "none"],
  ["a header and a model change", `${header}\n{"type":"model_change"}`, "none"],
  ["a line that is JSON but no record", `${header}\nnull\n`, "none"],
  ["a message", `${header}\n${message}\n`, "some"],
  ["a bare role", '{"role":"user"}', "some"],
  ["a message after garbage", `oops\n${message}`, "some"],
  ["a header and garbage", `${header}\noops\n`, "unparsable"],
  ["a header and a cut line", `${header}\n{"type":"mess`, "unparsable"],
  ["a NUL tail", `${header}\n\0\0`, "unparsable"],
  ["4096 bytes of other records", `${header}\n${" ".repeat(4096 - header.length - 1)}`, "none"],
  ["4097 bytes of other records", `${header}\n${" ".repeat(4096 - header.length)}`, "too-large"],
  ["5 KB of custom records", `${custom}\n`.repeat(150), "too-large"],
])("%s", (_, content, expected) => {
  expect(readMessagePresence(oneFileFs(content), "t")).toBe(expected);
});

test("no file is undefined, not `none`", () => {
  expect(readMessagePresence(oneFileFs(""), "none")).toBeUndefined();
});
