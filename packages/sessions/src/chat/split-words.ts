/**
 * Cuts a line into words: at white space, but not within double quotes, which are left out. A backslash takes the next character
 * as it is. A quote that nothing closes goes to the end of the line. Linear in the length of the line.
 */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === "\\" && at + 1 < line.length) word = (word ?? "") + line.charAt((at += 1));
    else if (char === '"' || char === "\u201c" || char === "\u201d") {
      quoted = !quoted;
      word ??= "";
    } else if (!quoted && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}
