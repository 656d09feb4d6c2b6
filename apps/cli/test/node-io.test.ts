import { expect, test } from "vitest";
import { nodeIo } from "../src/node-io.ts";

test("the first Ctrl-C only raises the signal, and nothing listens afterwards", async () => {
  const before = new Set(process.listeners("SIGINT"));
  const added = () => process.listeners("SIGINT").filter((listener) => !before.has(listener));
  const answer = await nodeIo(() => undefined).interruptible(async (signal) => {
    expect(signal.aborted).toBe(false);
    for (const listener of added()) listener("SIGINT");
    return signal.aborted;
  });
  expect(answer).toBe(true);
  expect(added()).toEqual([]);
});

test("nothing listens after an error either", async () => {
  const count = process.listenerCount("SIGINT");
  const work = nodeIo(() => undefined).interruptible(() => Promise.reject(new Error("x")));
  await expect(work).rejects.toThrow("x");
  expect(process.listenerCount("SIGINT")).toBe(count);
});
