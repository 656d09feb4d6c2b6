import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { IndexScan } from "../../src/session-index/index-document.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";

interface ExpectedRow {
  readonly key: string;
  readonly understood: boolean;
  readonly shadowed?: boolean;
  readonly sessionId?: string;
  readonly updatedAt?: number | string;
  readonly sessionFile?: string;
  readonly mayNameMore?: boolean;
}

interface IndexCase {
  readonly file: string;
  readonly about: string;
  readonly expect:
    | { readonly readable: false; readonly reason: string; readonly offset?: number }
    | {
        readonly readable: true;
        readonly rows: readonly ExpectedRow[];
        readonly findings: readonly string[];
      };
}

const dir = join(fixturesDir, "indexes");
const cases: readonly IndexCase[] = JSON.parse(readFileSync(join(dir, "cases.json"), "utf8"));

test("every file is in the table", () => {
  const files = readdirSync(dir).filter((name) => name !== "cases.json");
  expect(cases.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

/** What a row of the table is where it does not say otherwise. */
const plainRow = {
  shadowed: false,
  sessionId: undefined,
  updatedAt: undefined,
  sessionFile: undefined,
  mayNameMore: false,
};

function outcomeOf(scan: IndexScan): unknown {
  if (!scan.readable) return { readable: false, reason: scan.failure.reason, offset: scan.failure.offset };
  const rows = scan.document.rows.map((row) => {
    const { key, understood, shadowed, sessionId, updatedAt, sessionFile, mayNameMore } = row;
    return { key, understood, shadowed, sessionId, updatedAt, sessionFile, mayNameMore };
  });
  return { readable: true, rows, findings: scan.document.findings.map(({ id }) => id) };
}

describe.each(cases)("$file: $about", ({ file, expect: expected }) => {
  const bytes = readFileSync(join(dir, file));

  test("comes out as the table says", () => {
    expect(outcomeOf(scanIndex(bytes))).toEqual(
      expected.readable
        ? { ...expected, rows: expected.rows.map((row) => ({ ...plainRow, ...row })) }
        : { offset: undefined, ...expected },
    );
  });

  test("is never taken for an index without rows, unless it is one", () => {
    const scan = scanIndex(bytes);
    const isEmpty = scan.readable && scan.document.rows.length === 0;
    expect(isEmpty).toBe(bytes.toString("latin1").trim() === "{}");
  });

  test("is accepted exactly if JSON.parse makes an object of it", () => {
    expect(scanIndex(bytes).readable).toBe(isJsonObjectText(bytes));
  });
});

function isJsonObjectText(bytes: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
