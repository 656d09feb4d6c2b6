import { describe, expect, test } from "vitest";
import { renderTable } from "../../src/render/table.ts";
import { textWidth } from "../../src/render/text-width.ts";

const columns = [
  { header: "Kind" },
  { header: "Key", least: 16, distinct: true },
  { header: "Flags", least: 8 },
];

function markUnlessKept(shown: string, value: string): string {
  return value === "keep" ? shown : `<${shown}>`;
}

describe("renderTable", () => {
  test("pads every column but the last to its widest cell", () => {
    const rows = [
      ["direct", "agent:main:main", "system"],
      ["group", "global", ""],
    ];
    expect(renderTable({ columns, rows, width: undefined })).toEqual([
      "Kind    Key              Flags",
      "direct  agent:main:main  system",
      "group   global",
    ]);
  });

  test("only the header when there are no rows", () => {
    expect(renderTable({ columns, rows: [], width: 80 })).toEqual(["Kind  Key  Flags"]);
  });

  test("pads by columns of the terminal, not by characters", () => {
    const rows = [
      ["direct", "家族:e\u0301:👍🏽", "x"],
      ["direct", "12345678", "y"],
    ];
    const [, first = "", second = ""] = renderTable({ columns, rows, width: undefined });
    expect(first).toBe("direct  家族:e\u0301:👍🏽  x");
    expect(second).toBe("direct  12345678   y");
    expect(textWidth(first)).toBe(textWidth(second));
  });

  test("stored control characters never reach the terminal", () => {
    const lines = renderTable({ columns, rows: [["k", "\u001b[2Jx\ny", "\u009b31m"]], width: 80 });
    expect(lines[1]).toBe("k     \\x1b[2Jx\\ny  \\x9b31m");
  });

  test("without a terminal nothing is cut", () => {
    const key = "k".repeat(300);
    expect(renderTable({ columns, rows: [["k", key, "f"]], width: undefined })[1]).toContain(key);
  });

  test("cuts from the right, each column down to its least, until the table fits", () => {
    const rows = ["1", "2"].map((n) => [
      "direct",
      `agent:main:dashboard:${"0".repeat(20)}${n}`,
      `id:${"f".repeat(30)}`,
    ]);
    const wide = renderTable({ columns, rows, width: 70 });
    expect(wide[1]).toBe(`direct  ${rows[0]?.[1]}  id:ffffffffffffff…`);
    const narrow = renderTable({ columns, rows, width: 40 });
    expect(narrow.slice(1)).toEqual([
      "direct  agent:main:…0000000001  id:ffff…",
      "direct  agent:main:…0000000002  id:ffff…",
    ]);
  });

  test("leaves spare columns out from the right where cutting is not enough", () => {
    const spare = [
      { header: "Kind", spare: true },
      { header: "Key", least: 10, distinct: true },
      { header: "Model", least: 8, spare: true },
      { header: "Title", least: 8 },
    ];
    const rows = [["direct", "agent:main:main", "claude-opus", "about the weather"]];
    const at = (width: number) => renderTable({ columns: spare, rows, width });
    expect(at(60)).toEqual([
      "Kind    Key              Model        Title",
      "direct  agent:main:main  claude-opus  about the weather",
    ]);
    expect(at(40)[1]).toBe("direct  agent:…:main  claude-…  about t…");
    expect(at(37)[1]).toBe("direct  agent:main:main  about the w…");
    expect(at(25)[1]).toBe("agent:main:main  about t…");
  });

  test("keys stay distinct even where the terminal is too narrow for that", () => {
    const rows = ["1", "2"].map((n) => [
      "group",
      `agent:main:telegram:group:${n}:topic:${"0".repeat(30)}`,
      "",
    ]);
    const shown = renderTable({ columns, rows, width: 30 }).slice(1);
    expect(new Set(shown).size).toBe(2);
  });

  test("paint sees the raw value and does not disturb the padding", () => {
    const painted = [{ header: "Action", paint: markUnlessKept }, { header: "Key" }];
    const rows = [
      ["keep", "a"],
      ["prune-stale", "b"],
    ];
    expect(renderTable({ columns: painted, rows, width: undefined })).toEqual([
      "Action       Key",
      "keep         a",
      "<prune-stale>  b",
    ]);
  });
});
