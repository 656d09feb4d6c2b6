import type { JsonObject } from "@sessionsmith/core";
import { array, assert, constantFrom, integer, pre, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { anchorsOf } from "../../src/context/anchors.ts";
import type { ContextMessage } from "../../src/context/context-item.ts";
import { recentContext } from "../../src/context/recent-context.ts";
import { smartContext } from "../../src/context/smart-context.ts";
import { calling, labelled, result, said, systemSaid, transcriptOf } from "./transcript-of.ts";

const one = { count: () => 1 };
const ids = (messages: readonly ContextMessage[]) => messages.map(({ id }) => id);
const anchorsIn = (records: readonly JsonObject[]) =>
  records.reduce((sum, record) => sum + anchorsOf(record), 0);
const smart = (records: readonly JsonObject[], maxTokens: number) =>
  ids(smartContext(transcriptOf(records), { maxTokens, ...one }, anchorsIn(records)));
const recent = (records: readonly JsonObject[], maxTokens: number) =>
  ids(recentContext(transcriptOf(records), { maxTokens, ...one }));

describe("tool calls and their results", () => {
  const tools = [
    said("user", "q"),
    calling("call", "a", "b"),
    result("ra", "a"),
    result("rb", "b"),
    said("assistant", "end"),
  ];

  test.each([
    [1, ["end"]],
    [2, ["end"]],
    [3, ["end"]],
    [4, ["call", "ra", "rb", "end"]],
    [5, ["q", "call", "ra", "rb", "end"]],
  ])("stay together: %i", (maxTokens, expected) => {
    expect(recent(tools, maxTokens)).toEqual(expected);
  });

  test("are left out without each other", () => {
    expect(recent([result("lost", "x"), said("user", "q")], 10)).toEqual(["q"]);
    expect(recent([calling("call", "a"), said("user", "q")], 10)).toEqual(["call", "q"]);
    // An id that is used again belongs to the nearest call before.
    const again = [calling("c1", "a"), result("r1", "a"), calling("c2", "a"), result("r2", "a")];
    expect(recent(again, 2)).toEqual(["c2", "r2"]);
    expect(recent(again, 4)).toEqual(["c1", "r1", "c2", "r2"]);
  });

  test("are kept for a label on one of them", () => {
    const records = [...tools, labelled("ra", "keep"), ...["1", "2", "3"].map((text) => said("user", text))];
    expect(smart(records, 4)).toEqual(["call", "ra", "rb", "3"]);
  });
});

describe("smart", () => {
  const many = Array.from({ length: 1000 }, (_each, n) => said("user", `m${n}`));

  test("keeps labels that were not taken away again", () => {
    const records = [
      said("user", "first"),
      ...["a", "b", "c"].map((text) => said("assistant", text)),
      labelled("a", "x"),
    ];
    const later = [labelled("b", "y"), labelled("a"), ...many.slice(0, 5)];
    expect(smart([...records, ...later], 3)).toEqual(["b", "m3", "m4"]);
  });

  test("takes summaries and important ones for important, and the first message of the user", () => {
    const compaction = { type: "compaction", id: "sum", summary: "what was", firstKeptEntryId: "a" };
    const records = [
      systemSaid("sys"),
      said("user", "first"),
      compaction,
      said("assistant", "a", { important: true }),
    ];
    expect(smart([...records, ...many.slice(0, 20)], 13)).toEqual([
      "sys",
      "first",
      "sum",
      "a",
      ...many.slice(11, 20).map(({ id }) => id),
    ]);
  });

  test("reads the beginning, and the end as far as it needs it", () => {
    const records = [
      systemSaid("sys"),
      said("user", "first"),
      ...many,
      said("user", "x", { important: true }),
      ...many,
    ];
    const transcript = transcriptOf(records);
    const context = smartContext(transcript, { maxTokens: 10, ...one }, anchorsIn(records));
    expect(ids(context).slice(0, 3)).toEqual(["sys", "first", "x"]);
    expect(transcript.seen.lines).toBe(2 + 1001);
  });

  test("reads all of it where nobody counted", () => {
    const transcript = transcriptOf([systemSaid("sys"), said("user", "first"), ...many]);
    const counted = transcriptOf([systemSaid("sys"), said("user", "first"), ...many]);
    const budget = { maxTokens: 10, ...one };
    expect(smartContext(transcript, budget, undefined)).toEqual(smartContext(counted, budget, 1));
    expect([transcript.seen.lines, counted.seen.lines]).toEqual([1004, 13]);
  });

  test("recent reads no further than it needs", () => {
    const transcript = transcriptOf(many);
    recentContext(transcript, { maxTokens: 10, ...one });
    expect(transcript.seen.lines).toBe(11);
  });
});

const texts = ["a", "b", "c", "d", "e", "f", "g"];
const record = constantFrom<JsonObject>(
  ...texts.map((text) => said("user", text)),
  ...texts.map((text) => said("assistant", `${text}!`)),
  ...["c1", "c2"].map((id) => calling(id, `${id}a`, `${id}b`)),
  ...["c1a", "c1b", "c2a"].map((id) => result(`r${id}`, id)),
  systemSaid("sys"),
  said("assistant", "imp", { important: true }),
  labelled("a", "x"),
  labelled("c1", "x"),
  labelled("rc1a", "x"),
  labelled("a"),
  labelled("nobody", "x"),
  { type: "compaction", id: "k", summary: "sum", firstKeptEntryId: "a" },
  { type: "thinking_level_change", id: "t", thinkingLevel: "high" },
);

const sized = ({ id }: { readonly id: string }) => (id.length % 3) + 1;

test("a context never holds more than it may, is in order, and is the same however much is read", () => {
  assert(
    property(array(record, { maxLength: 40 }), integer({ min: 1, max: 30 }), (records, maxTokens) => {
      const budget = { maxTokens, count: sized };
      const systems = records.filter(({ customType }) => customType !== undefined).length;
      pre(systems * sized({ id: "sys" }) <= maxTokens);
      const context = smartContext(transcriptOf(records), budget, anchorsIn(records));
      expect(context).toEqual(smartContext(transcriptOf(records), budget, undefined));
      for (const messages of [context, recentContext(transcriptOf(records), budget)]) {
        expect(messages.reduce((sum, message) => sum + sized(message), 0)).toBeLessThanOrEqual(maxTokens);
        const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id }) => id));
        const answered = messages.flatMap(({ toolCallId }) => toolCallId ?? []);
        expect(calls).toEqual(expect.arrayContaining(answered));
        expect(isSubsequence(ids(messages), records)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test("messages of the system that do not fit are an error", () => {
  expect(() => smart([systemSaid("a"), systemSaid("b")], 1)).toThrow(
    expect.objectContaining({ code: "E_BUDGET" }),
  );
});

function isSubsequence(wanted: readonly string[], records: readonly JsonObject[]): boolean {
  let at = 0;
  for (const { id } of records) if (id === wanted[at]) at += 1;
  return at === wanted.length;
}
