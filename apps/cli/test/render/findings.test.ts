import { describe, expect, test } from "vitest";
import { finding } from "@sessionsmith/core";
import { renderFinding, summarizeFindings } from "../../src/render/findings.ts";

const missing = finding("transcript-missing", { path: "/s", key: "k\u001b[2J" }, { candidates: ["a", "b"] });
const deprecated = finding("settings-deprecated-key", { field: "x.y", line: 3 });

describe("summarizeFindings", () => {
  test("counts by id in the order of their first", () => {
    expect(summarizeFindings([missing, deprecated, missing])).toBe(
      "3 findings: transcript-missing (2), settings-deprecated-key (1). Run with --verbose to see them.",
    );
  });
  test("one is one", () => {
    expect(summarizeFindings([deprecated])).toMatch(/^1 finding: settings-deprecated-key \(1\)\./);
  });
});

test("a finding is one line that can't drive the terminal", () => {
  expect(renderFinding(missing)).toBe(
    'warning transcript-missing path=/s key=k\\x1b[2J candidates=["a","b"]',
  );
  expect(renderFinding(deprecated)).toBe("warning settings-deprecated-key field=x.y line=3");
});
