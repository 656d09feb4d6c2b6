import { createHash } from "node:crypto";
import {
  type JsonObject,
  type NaiveZone,
  parseLegacyTime,
  type LegacyItem,
  type LegacyTrouble,
} from "@sessionsmith/core";
import { messageDigest, saidBefore } from "./message-digest.ts";

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
  /** Digest after each message of a chain over all of them: equal at n, if n messages are equal. Only if asked for. */
  readonly chain: readonly string[];
}

/** Reads the content of a session once. */
export function surveyContent(
  items: Iterable<LegacyItem>,
  options: { readonly naiveZone: NaiveZone; readonly chain?: boolean },
): ContentSurvey {
  const troubles: LegacyTrouble[] = [];
  const chain: string[] = [];
  let [head, records, messages]: [JsonObject | undefined, number, number] = [undefined, 0, 0];
  let [firstAt, lastAt]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const item of items) {
    if (item.kind === "head") head = item.fields;
    else if (item.kind === "record") records += 1;
    else if (item.kind === "trouble") troubles.push(item.trouble);
    else {
      messages += 1;
      const atMs = parseLegacyTime(item.message.time, options.naiveZone);
      firstAt ??= atMs;
      if (atMs !== undefined && atMs > (lastAt ?? 0)) lastAt = atMs;
      if (options.chain === true)
        chain.push(link(chain.at(-1) ?? "", messageDigest(saidBefore(item.message))));
    }
  }
  return { head, records, messages, firstAt, lastAt, troubles, chain };
}

function link(before: string, digest: string): string {
  return createHash("sha256").update(before).update(digest).digest("base64url");
}
