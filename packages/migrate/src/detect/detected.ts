import { type Finding, merged, type Sequence } from "@sessionsmith/core";
import type { LegacyFile, LegacySource } from "../legacy-source.ts";

/** What one place holds. */
export interface Detected {
  /** In order of their paths. */
  readonly files: Sequence<LegacyFile>;
  /** In order of their paths, those of one path in order of their ids. */
  readonly sources: Sequence<LegacySource>;
  readonly findings: readonly Finding[];
}

/** What one place holds, in any order. */
export interface DetectedHere {
  readonly files: readonly LegacyFile[];
  readonly sources: readonly LegacySource[];
  readonly findings: readonly Finding[];
}

/** A place that holds nothing. */
export const nothingDetected: Detected = { files: [], sources: [], findings: [] };

/** Brings what one place holds in order. */
export function inOrder({ files, sources, findings }: DetectedHere): Detected {
  return { files: files.toSorted(byPath), sources: sources.toSorted(byPathAndId), findings };
}

/** Puts what several places hold together. */
export function joinDetected(parts: readonly Detected[]): Detected {
  return {
    files: merged(
      parts.map(({ files }) => files),
      byPath,
    ),
    sources: merged(
      parts.map(({ sources }) => sources),
      byPathAndId,
    ),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

type Place = Pick<LegacySource, "path" | "id">;

function byPathAndId(a: Place, b: Place): number {
  return byPath(a, b) || compare(a.id, b.id);
}

function byPath(a: Pick<Place, "path">, b: Pick<Place, "path">): number {
  return compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
