import { expect, test } from "vitest";
import { looksSound } from "../../src/transcripts/looks-sound.ts";
import { bytesFile } from "./bytes-file.ts";
import { header, lines, said } from "./transcript-lines.ts";

const long = said("b", "a", "x".repeat(5000));

test.each([
  ["a header alone", lines(header()), true],
  ["a short transcript", lines(header(), said("a", null)), true],
  ["a long transcript", lines(header(), said("a", null), long), true],
  ["damage in the middle, which it does not see", lines(header(), "oops", said("a", null)), true],
  ["nothing", "", false],
  ["a byte", "}", false],
  ["no header", lines(said("a", null)), false],
  ["a newer header", lines(header({ version: 9 })), false],
  ["a header longer than it reads", lines(header({ cwd: "/".repeat(2000) })), false],
  ["no last line end", lines(header(), long).trimEnd(), false],
  ["CR LF", lines(header(), long).replaceAll("\n", "\r\n"), false],
  ["NUL bytes at the end", `${lines(header(), long)}\0`, false],
  ["a cut record", `${lines(header())}${long.slice(0, 4000)}\n`, false],
])("%s", (_, content, sound) => {
  const file = bytesFile(content);
  expect(looksSound(file)).toBe(sound);
  expect(file.reads.length).toBeLessThanOrEqual(2);
});
