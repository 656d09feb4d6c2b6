import { expect, test } from "vitest";
import { derivedTitle, type DerivedTitleSource } from "../src/derived-title.ts";

const nothing: DerivedTitleSource = {
  displayName: undefined,
  subject: undefined,
  firstUserMessage: undefined,
  sessionId: undefined,
  updatedAt: undefined,
};
const id = "e5849749-e6a6-4511-aee7-7f5821488d83";

test.each<[string, Partial<DerivedTitleSource>, string | undefined]>([
  ["the display name", { displayName: " Ann ", subject: "s", firstUserMessage: "m", sessionId: id }, "Ann"],
  ["else the subject", { displayName: " ", subject: "s", firstUserMessage: "m" }, "s"],
  ["else the first message, on one line", { firstUserMessage: " a\n\tb  c " }, "a b c"],
  ["of which 60 characters stay whole", { firstUserMessage: "x".repeat(60) }, "x".repeat(60)],
  ["a longer one is cut at 59", { firstUserMessage: "x".repeat(61) }, `${"x".repeat(59)}…`],
  [
    "at a space, if that is behind the 36th character",
    { firstUserMessage: `${"x".repeat(37)} ${"y".repeat(40)}` },
    `${"x".repeat(37)}…`,
  ],
  [
    "and not at one before it",
    { firstUserMessage: `${"x".repeat(36)} ${"y".repeat(40)}` },
    `${"x".repeat(36)} ${"y".repeat(22)}…`,
  ],
  [
    "else the id with the day in UTC",
    { sessionId: id, updatedAt: Date.UTC(2026, 10, 20, 23, 59) },
    "e5849749 (2026-11-20)",
  ],
  ["the id alone, if the time is unknown", { sessionId: id }, "e5849749"],
  ["or is none of the calendar", { sessionId: id, updatedAt: 1e18 }, "e5849749"],
  ["else nothing", {}, undefined],
])("%s", (_, source, title) => {
  expect(derivedTitle({ ...nothing, ...source })).toBe(title);
});
