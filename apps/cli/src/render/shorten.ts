import { textWidth } from "./text-width.ts";

const ellipsis = "…";

/**
 * Fits keys into a column by leaving out their middle. Where two different keys would look the same, the column grows
 * until all that is shown is distinct, so a shortened key never stands for two.
 * @param width columns of the terminal that the longest shown key should take.
 */
export function shortenKeys(keys: readonly string[], width: number): readonly string[] {
  const longest = keys.reduce((most, key) => Math.max(most, textWidth(key)), 0);
  const distinct = new Set(keys).size;
  for (let room = width; room < longest; room += 4) {
    const shown = keys.map((key) => shortenMiddle(key, room));
    if (new Set(shown).size === distinct) return shown;
  }
  return keys;
}

/** Leaves out the middle of a text that is wider than `width` columns; the head gets the larger half of the room. */
export function shortenMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const room = Math.max(2, width - 1);
  const characters = Array.from(text);
  const head = takeColumns(characters, Math.ceil(room / 2));
  const tail = takeColumns(characters.toReversed(), Math.floor(room / 2));
  return `${head.join("")}${ellipsis}${tail.toReversed().join("")}`;
}

/** Cuts the end of a text that is wider than `width` columns. */
export function cutEnd(text: string, width: number): string {
  return textWidth(text) <= width ? text : `${takeColumns(Array.from(text), width - 1).join("")}${ellipsis}`;
}

function takeColumns(characters: readonly string[], columns: number): readonly string[] {
  let taken = "";
  let count = 0;
  for (const character of characters) {
    taken += character;
    if (textWidth(taken) > columns) break;
    count += 1;
  }
  return characters.slice(0, count);
}
