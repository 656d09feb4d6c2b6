import type { z } from "zod";
import type { Finding, FindingPlace } from "../findings/finding.ts";
import { finding } from "../findings/finding.ts";
import type { JsonObject } from "../json-value.ts";
import { isJsonObject } from "../json-value.ts";
import { checkEntryIdentity } from "./check-entry-identity.ts";
import { checkEntrySpelling } from "./check-entry-spelling.ts";
import { checkEntryWords } from "./check-entry-words.ts";
import { jsonTypeName } from "./json-type-name.ts";
import { isOpenClawPythonRow } from "./openclaw-python-fields.ts";
import type { SessionEntryView } from "./session-entry.ts";
import { sessionEntrySchema } from "./session-entry.ts";

/** What {@link inspectEntry} found in one row. */
export interface EntryInspection {
  /** Undefined if the value is no object. */
  readonly view: SessionEntryView | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads a row of the index with types and says what is odd about it. Never throws, whatever the row holds.
 *
 * The row itself is not touched. A field of a wrong type is left out of the view, with one finding that names the first
 * trouble in it. Findings carry types and names, never values.
 */
export function inspectEntry(raw: unknown, place: FindingPlace): EntryInspection {
  if (!isJsonObject(raw)) {
    return { view: undefined, findings: [finding("row-not-object", place, { actual: jsonTypeName(raw) })] };
  }
  const { view, issues } = readFields(raw);
  const findings = [
    ...checkEntryIdentity(raw, place),
    ...checkEntrySpelling(raw, place),
    ...issues.flatMap((issue) => typeFinding(raw, issue, place)),
    ...checkEntryWords(raw, place),
  ];
  return { view, findings };
}

/** The fields that fit the schema, and the first issue of each field that does not. */
function readFields(row: JsonObject): { view: SessionEntryView; issues: readonly z.core.$ZodIssue[] } {
  const whole = sessionEntrySchema.safeParse(row);
  if (whole.success) return { view: whole.data, issues: [] };
  const firstIssues = new Map<string, z.core.$ZodIssue>();
  for (const issue of whole.error.issues) {
    const field = String(issue.path[0]);
    if (!firstIssues.has(field)) firstIssues.set(field, issue);
  }
  const sound = Object.fromEntries(Object.entries(row).filter(([name]) => !firstIssues.has(name)));
  return { view: sessionEntrySchema.parse(sound), issues: [...firstIssues.values()] };
}

function typeFinding(row: JsonObject, issue: z.core.$ZodIssue, place: FindingPlace): readonly Finding[] {
  const field = issue.path.map(stepName).join(".");
  // These two have findings of their own.
  if (field === "sessionId" || field === "updatedAt") return [];
  const actual = jsonTypeName(valueAt(row, issue.path));
  // openclaw-python writes null for every field that is not set.
  if (actual === "null" && isOpenClawPythonRow(row)) return [];
  return [finding("entry-field-type", { ...place, field }, { expected: expectedType(issue), actual })];
}

/** A step of a path for a finding. Keys of maps are data: only short plain ones are shown. */
function stepName(step: PropertyKey): string {
  return typeof step === "number" || /^[A-Za-z][\w-]{0,63}$/.test(String(step)) ? String(step) : "*";
}

function valueAt(row: JsonObject, path: readonly PropertyKey[]): unknown {
  let value: unknown = row;
  for (const step of path) {
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined;
  }
  return value;
}

function expectedType(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_union") {
    return issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectedType)).join(" or ");
  }
  if (issue.code !== "invalid_type") return issue.code;
  return issue.expected === "record" ? "object" : issue.expected;
}
