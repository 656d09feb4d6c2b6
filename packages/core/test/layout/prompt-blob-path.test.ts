import { expect, test } from "vitest";
import { parsePromptBlobPath, promptBlobPath } from "../../src/layout/prompt-blob-path.ts";

const hash = `ab${"0".repeat(62)}`;

test("a path is made from a hash and gives it back", () => {
  expect(promptBlobPath(hash)).toBe(`skills-prompts/sha256/ab/${hash}.txt`);
  expect(parsePromptBlobPath(promptBlobPath(hash))).toBe(hash);
});

test.each([
  `skills-prompts/sha256/cd/${hash}.txt`,
  `skills-prompts/sha256/ab/${hash}`,
  `skills-prompts/sha256/ab/${hash}.txt.tmp`,
  `skills-prompts/sha256/ab/${hash.toUpperCase()}.txt`,
  `skills-prompts/sha256/../ab/${hash}.txt`,
  `skills-prompts/sha256/ab/../${hash}.txt`,
  `/skills-prompts/sha256/ab/${hash}.txt`,
  `skills-prompts\\sha256\\ab\\${hash}.txt`,
  `skills-prompts/sha256/ab/${hash}.txt\n`,
  `${hash}.txt`,
  "",
])("%j is none", (path) => {
  expect(parsePromptBlobPath(path)).toBeUndefined();
});
