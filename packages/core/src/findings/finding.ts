import type { FindingId } from "./finding-catalogue.ts";
import { findingCatalogue } from "./finding-catalogue.ts";
import type { FindingSeverity } from "./finding-meaning.ts";
import type { JsonValue } from "../json-value.ts";

/** Where a finding was made. Every part that is known is given. */
export interface FindingPlace {
  /** Absolute path of the file or directory. */
  readonly path?: string;
  /** The session key of the row. */
  readonly key?: string;
  /** The field of the row, or the dotted path of the setting. */
  readonly field?: string;
  /** Byte offset from the start of the file. */
  readonly offset?: number;
  /** 1-based line of a transcript. */
  readonly line?: number;
}

/** A fact about the data: a value that is returned, never thrown. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: FindingSeverity;
  readonly place: FindingPlace;
  /** Counts, sizes, types and names that explain it. Never conversation text. */
  readonly details?: { readonly [name: string]: JsonValue };
}

/** Makes a finding with the severity that the catalogue gives its id. */
export function finding(id: FindingId, place: FindingPlace, details?: Finding["details"]): Finding {
  const { severity } = findingCatalogue[id];
  return details === undefined ? { id, severity, place } : { id, severity, place, details };
}
