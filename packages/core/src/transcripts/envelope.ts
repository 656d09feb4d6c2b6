import { isJsonObject, type JsonObject } from "../json-value.ts";

/** The `customType` of a line that holds another line, encrypted. To a program that does not know it, it is a custom entry. */
export const envelopeType = "sessionsmith.encrypted";

/** What stands for a text that can't be read without its key, in titles, previews and exports. */
export const encryptedText = "[encrypted]";

/** The role that is shown of a message that can't be read without its key. */
export const encryptedRole = "encrypted";

/** What a record is by its form alone, without any key. */
export type EnvelopeKind =
  /** The first envelope of a transcript: it tells how the key is derived, and holds no line. */
  | "opening"
  /** An encrypted line, which may be a message. */
  | "line";

/** Tells an envelope of this product from any other record; undefined if it is none. */
export function envelopeKind(record: JsonObject): EnvelopeKind | undefined {
  if (record["type"] !== "custom" || record["customType"] !== envelopeType) return undefined;
  const { data } = record;
  if (!isJsonObject(data)) return undefined;
  return data["n"] === 0 ? "opening" : "line";
}
