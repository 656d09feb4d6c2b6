import { expect, test } from "vitest";
import { isModelRunKey } from "../../src/keys/model-run-key.ts";

const uuid = "00000000-0000-4000-8000-00000000abcd";

test.each([
  [`agent:main:explicit:model-run-${uuid}`, true],
  [`Agent:Main:Explicit:Model-Run-${uuid.toUpperCase()}`, true],
  [`explicit:model-run-${uuid}`, false],
  [`agent:main:explicit:model-run-${uuid}:x`, false],
  [`agent:main:explicit:model-run-${uuid.slice(1)}`, false],
  [`agent:main:explicit:${uuid}`, false],
  [`agent:main:dashboard:model-run-${uuid}`, false],
])("%s: %s", (key, isRun) => {
  expect(isModelRunKey(key)).toBe(isRun);
});
