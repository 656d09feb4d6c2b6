import { foldKeyCase } from "./fold-key-case.ts";

/**
 * Makes the test whether a session key matches a glob: `*` is any run of characters, colons too, `?` is one character; every
 * other character stands for itself. Case counts only where keys keep it (Signal groups, Matrix rooms): there the glob is
 * taken as it is written, everywhere else a capital letter stands for the small one as well.
 *
 * The work grows with the length of the key: for each character of the key at most as many steps as the glob is long.
 */
export function keyGlob(glob: string): (key: string) => boolean {
  const patterns = [...new Set([glob, foldText(glob)])].map((text) => Array.from(text));
  return (key) => {
    const characters = Array.from(foldText(key));
    return patterns.some((pattern) => matchesGlob(pattern, characters));
  };
}

function foldText(text: string): string {
  return foldKeyCase(text.split(":")).join(":");
}

/**
 * Matches character by character. Of all the stars passed only the last one is ever gone back to: what stands before it has
 * found its first place, and a later one would leave less for the rest.
 */
export function matchesGlob(pattern: readonly string[], text: readonly string[]): boolean {
  let [at, next] = [0, 0];
  let star: { readonly after: number; from: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === "*") {
      next += 1;
      star = { after: next, from: at };
    } else if (wanted === "?" || (wanted !== undefined && wanted === text[at])) {
      at += 1;
      next += 1;
    } else if (star !== undefined) {
      star.from += 1;
      at = star.from;
      next = star.after;
    } else return false;
  }
  while (pattern[next] === "*") next += 1;
  return next === pattern.length;
}
