import { expect, test } from "vitest";
import { chooseSmart, type UnitRank } from "../../src/context/choose-smart.ts";
import type { ContextUnit } from "../../src/context/tool-units.ts";

const ranks: Readonly<Record<string, UnitRank>> = { s: "system", p: "pinned", i: "important", m: "plain" };

/** Units from words like `m3:20`: a plain one that stands at 3 and takes 20; without a number it takes 10. */
function choose(words: string, maxTokens: number): string {
  const units = words.split(" ").map((word) => {
    const [, letter = "", at = "", tokens = "10"] = /^([spim])(\d+)(?::(\d+))?$/.exec(word) ?? [];
    const message = { id: `${letter}${at}`, role: "user", content: "", createdAt: undefined } as const;
    const unit: ContextUnit = {
      items: [{ at: Number(at), message, tokens: Number(tokens) }],
      tokens: Number(tokens),
    };
    return { rank: ranks[letter] ?? "plain", unit };
  });
  return chooseSmart(units, maxTokens)
    .map(({ items: [item] }) => item?.message.id)
    .join(" ");
}

// From the newest to the oldest, as a transcript is read; the answer is in the order of choice.
test.each<[what: string, units: string, maxTokens: number, chosen: string]>([
  ["everything, if it fits", "m4 p3 i2 s1", 40, "s1 p3 m4 i2"],
  ["the newest first", "m5 m4 m3 m2 m1", 30, "m5 m4 m3"],
  ["up to the first that does not fit", "m5 m4:25 m3 m2", 30, "m5"],
  ["messages of the system before all others", "m5 m4 m3 s1", 20, "s1 m5"],
  ["all messages of the system", "m5 s4 m3 s2 s1", 40, "s4 s2 s1 m5"],
  ["pinned ones before new ones", "m5 m4 m3 p2 p1", 30, "p2 p1 m5"],
  ["the newest pinned ones, if not all fit", "m5 p4 p3 p2", 25, "p4 p3"],
  ["a pinned one that fits, though a newer one does not", "m5 p4:50 p3 p2", 30, "p3 p2 m5"],
  ["important older ones after the newest, in their quarter", "m6 m5 m4 m3 i2 i1", 40, "m6 m5 m4 i2"],
  [
    "no important older one, if it is more than the quarter and what is left",
    "m6 m5 m4 m3 i2:20",
    40,
    "m6 m5 m4 m3",
  ],
  ["an important one among the newest as one of them", "m6 i5 m4 m3 m2", 30, "m6 i5 m4"],
  ["a smaller important one, where a larger one does not fit", "m6 m5 m4 i3:30 i2", 40, "m6 m5 m4 i2"],
  ["what is left of the quarter goes to the others", "m6 m5 m4 m3 i2:5", 45, "m6 m5 m4 m3 i2"],
  ["nothing twice", "i2 i1", 40, "i2 i1"],
  ["nothing at all, if nothing fits", "m2:50 m1:50", 40, ""],
])("chooses %s", (_what, units, maxTokens, chosen) => {
  expect(choose(units, maxTokens)).toBe(chosen);
});

test("messages of the system that do not fit are an error that says what they need", () => {
  expect(() => choose("m3 s2:30 s1:20", 40)).toThrow(
    expect.objectContaining({ code: "E_BUDGET", details: { needed: 50, maxTokens: 40 } }),
  );
});
