import {
  type JsonObject,
  type NaiveZone,
  parseLegacyTime,
  type LegacyItem,
  type LegacyTrouble,
} from "@sessionsmith/core";

/** What is known of the content of a session after one pass over it; no conversation text. */
export interface ContentSurvey {
  /** What the file says of its session; undefined if it says nothing. */
  readonly head: JsonObject | undefined;
  /** Records that are no messages; the first `metadata` record of openxjarvis among them. */
  readonly records: number;
  readonly messages: number;
  /** Epoch ms of the first and the last message that has a time. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  readonly troubles: readonly LegacyTrouble[];
}

/** Reads the content of a session once. */
export function surveyContent(
  items: Iterable<LegacyItem>,
  { naiveZone }: { readonly naiveZone: NaiveZone },
): ContentSurvey {
  const troubles: LegacyTrouble[] = [];
  let [head, records, messages]: [JsonObject | undefined, number, number] = [undefined, 0, 0];
  let [firstAt, lastAt]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const item of items) {
    if (item.kind === "head") head = item.fields;
    else if (item.kind === "record") records += 1;
    else if (item.kind === "trouble") troubles.push(item.trouble);
    else {
      messages += 1;
      const atMs = parseLegacyTime(item.message.time, naiveZone);
      firstAt ??= atMs;
      if (atMs !== undefined && atMs > (lastAt ?? 0)) lastAt = atMs;
    }
  }
  return { head, records, messages, firstAt, lastAt, troubles };
}
