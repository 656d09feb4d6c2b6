import { createHash } from "node:crypto";
import type { LegacyItem } from "@sessionsmith/core";
import { messageDigest, saidBefore } from "./message-digest.ts";

/** A digest after each message, over all up to it: of two sessions, the chains are equal at n if n messages are equal. */
export function messageChain(items: Iterable<LegacyItem>): readonly string[] {
  const chain: string[] = [];
  for (const item of items)
    if (item.kind === "message")
      chain.push(link(chain.at(-1) ?? "", messageDigest(saidBefore(item.message))));
  return chain;
}

function link(before: string, digest: string): string {
  return createHash("sha256").update(before).update(digest).digest("base64url");
}
