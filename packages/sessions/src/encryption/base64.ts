/**
 * Decodes base64 as this product writes it: with padding, and no other spelling of the same bytes. Undefined for anything else, so
 * that no bit of what is stored may change unnoticed.
 * @param length the number of bytes that it must stand for, if that is fixed
 */
export function parseBase64(text: unknown, length?: number): Buffer | undefined {
  if (typeof text !== "string") return undefined;
  const bytes = Buffer.from(text, "base64");
  if (length !== undefined && bytes.length !== length) return undefined;
  return bytes.toString("base64") === text ? bytes : undefined;
}
