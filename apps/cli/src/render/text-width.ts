import { isPlainAscii } from "./safe-text.ts";

/** Code point ranges, first and last, that a terminal shows two columns wide (Unicode East Asian Width W and F). */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], // Hangul initial consonants
  [0x2e80, 0x303e], // CJK radicals and punctuation
  [0x3041, 0x33ff], // kana, Hangul compatibility, CJK symbols
  [0x3400, 0x4dbf], // CJK extension A
  [0x4e00, 0xa4cf], // CJK, Yi
  [0xa960, 0xa97f], // Hangul extension A
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff], // CJK compatibility
  [0xfe10, 0xfe19], // vertical forms
  [0xfe30, 0xfe6f], // CJK compatibility forms
  [0xff00, 0xff60], // full-width forms
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff], // Tangut, Khitan
  [0x1aff0, 0x1b2ff], // kana supplements
  [0x20000, 0x3fffd], // CJK extensions B and later
];
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u{1f3fb}-\u{1f3ff}]$/u;
const wideEmoji = /^\p{Emoji_Presentation}$/u;
const joiner = "\u200d";
const emojiSelector = "\ufe0f";

/**
 * Columns that a terminal needs for a text. Combining marks, format characters and skin tones take none, East Asian wide
 * characters and emoji take two, a character after a zero-width joiner takes none, everything else takes one.
 */
export function textWidth(text: string): number {
  if (isPlainAscii(text)) return text.length;
  let width = 0;
  let previous = "";
  for (const character of text) {
    if (character === emojiSelector && characterWidth(previous) === 1) width += 1;
    if (previous !== joiner) width += characterWidth(character);
    previous = character;
  }
  return width;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0);
  if (code === undefined || zeroWidth.test(character)) return 0;
  const wide = wideEmoji.test(character) || wideRanges.some(([first, last]) => code >= first && code <= last);
  return wide ? 2 : 1;
}
