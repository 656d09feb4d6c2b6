import { describe, expect, test } from "vitest";
import { deriveTitle, type TitleSource } from "../src/derive-title.ts";

const full: TitleSource = {
  displayName: "Display",
  subject: "Subject",
  label: "label",
  firstUserMessage: "What is up?",
  sessionId: "9f032b40-0000-4000-8000-000000000001",
};

describe("deriveTitle", () => {
  test.each<[string, Partial<TitleSource>, string]>([
    ["the display name first", {}, "Display"],
    ["then the subject", { displayName: undefined }, "Subject"],
    ["then the label", { displayName: undefined, subject: undefined }, "label"],
    ["then the message", { displayName: undefined, subject: undefined, label: undefined }, "What is up?"],
    ["blank parts are passed over", { displayName: " \n", subject: "", label: "\t" }, "What is up?"],
  ])("%s", (_, change, expected) => {
    expect(deriveTitle({ ...full, ...change })).toBe(expected);
  });

  const unnamed = { ...full, displayName: undefined, subject: undefined, label: undefined };

  test.each([
    ["x".repeat(50), "x".repeat(50)],
    ["x".repeat(51), `${"x".repeat(50)}...`],
    ["東".repeat(51), `${"東".repeat(50)}...`],
    ["😀".repeat(51), `${"😀".repeat(50)}...`],
    ["  two\n\nlines\t ", "two lines"],
  ])("a message %j becomes %j", (firstUserMessage, expected) => {
    expect(deriveTitle({ ...unnamed, firstUserMessage })).toBe(expected);
  });

  test("the head of the id is the last resort", () => {
    expect(deriveTitle({ ...unnamed, firstUserMessage: " " })).toBe("9f032b40");
    expect(deriveTitle({ ...unnamed, firstUserMessage: undefined, sessionId: undefined })).toBeUndefined();
  });
});
