import { readEntryObject, readEntryText } from "@sessionsmith/core";
import type { JsonObject } from "@sessionsmith/core";

/** What a row itself says about where its conversation is held (OpenClaw 2026.5.28 store format); all in lower case. */
export interface DeliveryFacts {
  readonly channels: ReadonlySet<string>;
  readonly accountIds: ReadonlySet<string>;
  /** The other end as channels write it: `123`, `telegram:123`, `user:123`. */
  readonly ends: ReadonlySet<string>;
}

/** Reads `origin`, `deliveryContext`, `route` and the `last…` fields of a row. */
export function readDeliveryFacts(entry: JsonObject): DeliveryFacts {
  const origin = readEntryObject(entry, "origin") ?? {};
  const delivery = readEntryObject(entry, "deliveryContext") ?? {};
  const route = readEntryObject(entry, "route") ?? {};
  const target = readEntryObject(route, "target") ?? {};
  return {
    channels: texts(
      [entry, "channel"],
      [entry, "lastChannel"],
      [origin, "provider"],
      [delivery, "channel"],
      [route, "channel"],
    ),
    accountIds: texts(
      [entry, "lastAccountId"],
      [origin, "accountId"],
      [delivery, "accountId"],
      [route, "accountId"],
    ),
    ends: texts(
      [entry, "lastTo"],
      [origin, "from"],
      [origin, "nativeDirectUserId"],
      [delivery, "to"],
      [target, "to"],
      [target, "rawTo"],
    ),
  };
}

function texts(...fields: readonly (readonly [JsonObject, string])[]): ReadonlySet<string> {
  const found = fields.map(([object, field]) => readEntryText(object, field)?.trim().toLowerCase() ?? "");
  return new Set(found.filter((text) => text !== ""));
}
