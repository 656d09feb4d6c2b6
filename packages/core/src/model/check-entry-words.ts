import type { Finding, FindingPlace } from "../findings/finding.ts";
import { finding } from "../findings/finding.ts";
import type { JsonObject } from "../json-value.ts";
import { isJsonObject } from "../json-value.ts";
import { entryWords } from "./entry-words.ts";

const wordFields = Object.entries<readonly string[]>(entryWords).map(([field, words]) => ({
  field,
  path: field.split("."),
  words,
}));

/** One finding for each field of {@link entryWords} that holds another word. Values that are no text are not its concern. */
export function checkEntryWords(entry: JsonObject, place: FindingPlace): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { field, path, words } of wordFields) {
    const others = textsAt(entry, path).filter((text) => !words.includes(text));
    if (others.length > 0) {
      findings.push(
        finding("entry-enum-unknown", { ...place, field }, { count: others.length, documented: words }),
      );
    }
  }
  return findings;
}

/** Every text at a path; `*` goes through all items of a list or map. */
function textsAt(value: unknown, path: readonly string[]): readonly string[] {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === "string" ? [value] : [];
  if (step === "*") return itemsOf(value).flatMap((item) => textsAt(item, rest));
  return isJsonObject(value) && Object.hasOwn(value, step) ? textsAt(value[step], rest) : [];
}

function itemsOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
