import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";

/**
 * The paths of every key of some JSON values, in the notation of a {@link JsonDocumentSpec}. An object or list is entered only
 * where the spec describes its inside; anything else counts as one value.
 */
export function realPaths(values: readonly unknown[], spec: JsonDocumentSpec): ReadonlySet<string> {
  const described = spec.keys.map(({ path }) => path);
  const found = new Set<string>();
  const enter = (value: unknown, prefix: string): void => {
    const isDescribed = described.some((path) => path.startsWith(prefix === "" ? "" : `${prefix}.`));
    if (Array.isArray(value)) {
      for (const item of value) enter(item, `${prefix}[]`);
    } else if (typeof value === "object" && value !== null && isDescribed) {
      for (const [name, member] of Object.entries(value)) {
        const anyName = [prefix, "{}"].filter(Boolean).join(".");
        const path = described.includes(anyName) ? anyName : [prefix, name].filter(Boolean).join(".");
        found.add(path);
        enter(member, path);
      }
    }
  };
  for (const value of values) enter(value, "");
  return found;
}

/** The paths that a spec promises: those that are always there. */
export function promisedPaths({ keys }: JsonDocumentSpec): readonly string[] {
  return keys.filter(({ when }) => when === undefined).map(({ path }) => path);
}
