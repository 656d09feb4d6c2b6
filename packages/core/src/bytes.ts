/** The units of a size, each 1024 times the one before; the second spelling of each is accepted too. */
const units = [["b"], ["kb", "k"], ["mb", "m"], ["gb", "g"], ["tb", "t"]] as const;

/** A size in bytes, or why there is none: one sentence that does not quote the text. */
export type ParsedBytes =
  | { readonly ok: true; readonly bytes: number }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a size: a number and one of b, kb, mb, gb, tb (1024-based, in either case, bytes without a unit), rounded to
 * whole bytes. The spelling of OpenClaw 2026.5.28 settings: no space before the unit, no `KiB`.
 * Zero and negative sizes are failures (docs/invariants.md I10).
 */
export function parseBytes(text: string): ParsedBytes {
  const trimmed = text.trim().toLowerCase();
  if (trimmed.startsWith("-")) return notPositive;
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(trimmed) ?? [];
  if (digits === undefined)
    return { ok: false, problem: "not a size: write a number and a unit, for example 500mb" };
  const power =
    unit === "" ? 0 : units.findIndex((spellings) => spellings.some((spelling) => spelling === unit));
  if (power === -1) return { ok: false, problem: "unknown unit: only b, kb, mb, gb and tb are understood" };
  const bytes = Math.round(Number(digits) * 1024 ** power);
  if (bytes === 0) return notPositive;
  return Number.isSafeInteger(bytes) ? { ok: true, bytes } : { ok: false, problem: "the size is too large" };
}

const notPositive: ParsedBytes = { ok: false, problem: "a size must be larger than zero" };

/** Writes a number of bytes for people: `512 B`, `1.5 KB`, `20 MB`; 1024-based, with at most one decimal. */
export function formatBytes(bytes: number): string {
  let amount = Math.abs(bytes);
  let power = 0;
  // 1023.95 would be written as 1024.0.
  while (amount >= (power === 0 ? 1024 : 1023.95) && power < units.length - 1) {
    amount /= 1024;
    power += 1;
  }
  const [unit = "b"] = units[power] ?? [];
  const rounded = Math.round(amount * 10) / 10;
  return `${bytes < 0 ? "-" : ""}${rounded} ${unit.toUpperCase()}`;
}
