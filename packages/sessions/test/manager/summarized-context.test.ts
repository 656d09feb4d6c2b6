import { expect, test } from "vitest";
import type { SummaryRequest } from "../../src/context/summarized-context.ts";
import { managedStore } from "./managed-store.ts";

/** A session of messages `m0`, `m1`, …, each of which takes one token, like a summary. */
async function conversation(length: number, answer: (request: SummaryRequest) => string = () => "sum") {
  const store = managedStore();
  const asked: SummaryRequest[] = [];
  const manager = store.open({
    countTokens: ({ content }) => content.split(" ").length,
    summarize: async (request) => {
      asked.push(request);
      return answer(request);
    },
  });
  const { id: sessionId } = await manager.getOrCreateSession({ userId: "u", channelId: "c" });
  const add = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await manager.addMessage({ sessionId, role: "user", content: `m${n}` });
  };
  await add(0, length);
  const context = async (maxTokens: number) =>
    (await manager.getContextHistory({ sessionId, maxTokens, strategy: "summarize" })).map(
      ({ content }) => content,
    );
  return { ...store, manager, sessionId, asked, add, context };
}

test("what fits is not summarised", async () => {
  const { context, asked } = await conversation(4);
  expect(await context(4)).toEqual(["m0", "m1", "m2", "m3"]);
  expect(asked).toEqual([]);
});

test("a summary is kept, and is the beginning of the next one", async () => {
  const { context, asked, add, files, sessionId, manager } = await conversation(
    10,
    ({ previousSummary = "s" }) => `${previousSummary}+`,
  );
  expect(await context(6)).toEqual(["s+", "m7", "m8", "m9"]);
  expect(asked.map(({ messages, maxTokens }) => [messages.map(({ content }) => content), maxTokens])).toEqual(
    [[["m0", "m1", "m2", "m3", "m4", "m5", "m6"], 3]],
  );
  await add(10, 12);
  expect(await context(6)).toEqual(["s+", "m7", "m8", "m9", "m10", "m11"]);
  expect(asked).toHaveLength(1);
  await add(12, 13);
  expect(await context(6)).toEqual(["s++", "m10", "m11", "m12"]);
  expect(asked[1]).toMatchObject({ previousSummary: "s+" });
  expect(asked[1]?.messages.map(({ content }) => content)).toEqual(["m7", "m8", "m9"]);
  const kept = (files()[`${sessionId}.jsonl`] ?? "")
    .split("\n")
    .filter((line) => line.includes('"compaction"'));
  expect(kept.map((line) => JSON.parse(line).summary)).toEqual(["s+", "s++"]);
  expect(await manager.getHistory(sessionId, { limit: 100 })).toHaveLength(13);
});

test("a summary may stand for everything", async () => {
  const { context, add, asked } = await conversation(3);
  expect(await context(1)).toEqual(["sum"]);
  await add(3, 4);
  expect(await context(2)).toEqual(["sum", "m3"]);
  expect(asked).toHaveLength(1);
});

test("a summary that is too long is an error, and is not kept", async () => {
  const { context, files, sessionId } = await conversation(10, () => "far too many words");
  const before = files()[`${sessionId}.jsonl`];
  await expect(context(6)).rejects.toMatchObject({ code: "E_BUDGET", details: { needed: 4, maxTokens: 3 } });
  expect(files()[`${sessionId}.jsonl`]).toBe(before);
});

test("messages of the system are never summarised, and must fit", async () => {
  const { manager, sessionId, context, asked } = await conversation(0);
  await manager.addMessage({ sessionId, role: "system", content: "be kind" });
  for (const content of ["a", "b", "c", "d"])
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await manager.addMessage({ sessionId, role: "user", content });
  expect(await context(4)).toEqual(["be kind", "sum", "d"]);
  expect(asked[0]?.messages.map(({ content }) => content)).toEqual(["a", "b", "c"]);
  await expect(context(1)).rejects.toMatchObject({ code: "E_BUDGET" });
});

test("without a summariser there is no summary, and nothing in its place", async () => {
  const manager = managedStore().open();
  const { id: sessionId } = await manager.getOrCreateSession({ userId: "u", channelId: "c" });
  await expect(
    manager.getContextHistory({ sessionId, maxTokens: 100, strategy: "summarize" }),
  ).rejects.toMatchObject({ code: "E_NO_SUMMARIZER" });
});

test.each([0, -1, 1.5, Number.NaN, Infinity])("%d is no budget", async (maxTokens) => {
  const { manager, sessionId } = await conversation(1);
  await expect(manager.getContextHistory({ sessionId, maxTokens })).rejects.toMatchObject({
    code: "E_USAGE",
  });
});

const noNumber = () => Number.NaN;

test("a counter that counts nothing is a mistake of the caller", async () => {
  const { manager, sessionId } = await conversation(1);
  await expect(manager.getContextHistory({ sessionId, maxTokens: 5, countTokens: noNumber })).rejects.toThrow(
    TypeError,
  );
});
