import { nearestMatch } from "../nearest-match.ts";
import { UsageError } from "../usage-error.ts";

/** Takes any text that is not empty. */
export function anyText(flag: string): (text: string) => string {
  return (text) => {
    if (text === "") throw new UsageError(`${flag} needs a value that is not empty`);
    return text;
  };
}

/** Takes one word of a list. */
export function oneOf<T extends string>(flag: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const near = nearestMatch(text, words);
    const hint = near === undefined ? `Use one of ${words.join(", ")}.` : `Did you mean ${near}?`;
    throw new UsageError(`${flag} does not know "${text}"`, hint);
  };
}

/** Takes a whole number of at least `least`. */
export function wholeNumber(flag: string, least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least) return value;
    throw new UsageError(`${flag} needs a whole number of at least ${least}, not "${text}"`);
  };
}

/** Takes a whole number of at least 1, or `all`, which is null. */
export function countOrAll(flag: string): (text: string) => number | null {
  const parseCount = wholeNumber(flag, 1);
  return (text) => {
    if (text === "all") return null;
    try {
      return parseCount(text);
    } catch {
      throw new UsageError(`${flag} needs a whole number of at least 1, or all, not "${text}"`);
    }
  };
}
