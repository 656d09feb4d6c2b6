import type { Finding } from "@sessionsmith/core";
import type { LegacyFile, LegacySource } from "../legacy-source.ts";

/** What one place holds. */
export interface Detected {
  readonly files: readonly LegacyFile[];
  readonly sources: readonly LegacySource[];
  readonly findings: readonly Finding[];
}

/** A place that holds nothing. */
export const nothingDetected: Detected = { files: [], sources: [], findings: [] };

/** Puts what several places hold together. */
export function joinDetected(parts: readonly Detected[]): Detected {
  return {
    files: parts.flatMap(({ files }) => files),
    sources: parts.flatMap(({ sources }) => sources),
    findings: parts.flatMap(({ findings }) => findings),
  };
}
