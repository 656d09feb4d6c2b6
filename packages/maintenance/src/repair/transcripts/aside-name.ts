import type { StoreFile } from "@sessionsmith/core";

const longestNameBytes = 255;

/**
 * A free name beside a transcript for what is set aside of it: `<transcript>.damaged.<n>`, which neither OpenClaw 2026.5.28 nor a
 * cleanup takes for anything. Undefined if it would be too long: then only the trash has it.
 */
export function asideName(transcript: string, files: ReadonlyMap<string, StoreFile>): string | undefined {
  for (let n = 1; ; n += 1) {
    const name = `${transcript}.damaged.${n}`;
    if (Buffer.byteLength(name) > longestNameBytes) return undefined;
    if (!files.has(name)) return name;
  }
}
