import { writeCanonicalJson } from "../../src/plan/canonical-json.ts";

/** The canonical JSON of a value as one text. */
export function canonicalJsonOf(value: unknown): string {
  const parts: string[] = [];
  writeCanonicalJson(value, (part) => parts.push(part));
  return parts.join("");
}
