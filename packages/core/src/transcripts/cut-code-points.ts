/** The first `limit` code points of a text, so that no character outside the basic plane is cut in half. */
export function cutCodePoints(text: string, limit: number): string {
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count++) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}
