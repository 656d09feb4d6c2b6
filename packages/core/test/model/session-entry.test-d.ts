import { describe, expectTypeOf, test } from "vitest";
import type { CompactionCheckpoint, SessionAcp, SessionEntry, SessionEntryView } from "../../src/entry.ts";
import type { DeliveryContext, OpenWord, SessionOrigin } from "../../src/entry.ts";
import { inspectEntry, sessionEntrySchema } from "../../src/entry.ts";
import type { Finding } from "../../src/findings/finding.ts";

describe("SessionEntry", () => {
  test("is what the schema yields", () => {
    expectTypeOf(sessionEntrySchema.parse({})).toEqualTypeOf<SessionEntry>();
  });

  test("has no required field", () => {
    expectTypeOf({}).toExtend<SessionEntry>();
    expectTypeOf<SessionEntry["sessionId"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SessionEntry["updatedAt"]>().toEqualTypeOf<number | undefined>();
  });

  test("types scalars, maps and nested objects", () => {
    expectTypeOf<SessionEntry["totalTokensFresh"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<SessionEntry["lastThreadId"]>().toEqualTypeOf<string | number | undefined>();
    expectTypeOf<SessionEntry["pendingFinalDeliveryText"]>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<SessionEntry["heartbeatTaskState"]>().toEqualTypeOf<Record<string, number> | undefined>();
    expectTypeOf<SessionEntry["origin"]>().toEqualTypeOf<SessionOrigin | undefined>();
    expectTypeOf<SessionEntry["deliveryContext"]>().toEqualTypeOf<DeliveryContext | undefined>();
    expectTypeOf<SessionEntry["compactionCheckpoints"]>().toEqualTypeOf<CompactionCheckpoint[] | undefined>();
    expectTypeOf<SessionAcp["lastActivityAt"]>().toEqualTypeOf<number>();
  });

  test("suggests the documented words and takes others", () => {
    expectTypeOf<SessionEntry["sendPolicy"]>().toEqualTypeOf<OpenWord<"allow" | "deny"> | undefined>();
    expectTypeOf<"allow">().toExtend<NonNullable<SessionEntry["sendPolicy"]>>();
    expectTypeOf<string>().toExtend<NonNullable<SessionEntry["sendPolicy"]>>();
  });

  test("leaves unknown fields unknown", () => {
    expectTypeOf<SessionEntry["xCustomField"]>().toEqualTypeOf<unknown>();
  });
});

describe("inspectEntry", () => {
  test("yields a view that can't be changed by assignment, or none", () => {
    expectTypeOf(inspectEntry).returns.toHaveProperty("view").toEqualTypeOf<SessionEntryView | undefined>();
    expectTypeOf(inspectEntry).returns.toHaveProperty("findings").toEqualTypeOf<readonly Finding[]>();
    expectTypeOf<SessionEntryView>().toEqualTypeOf<Readonly<SessionEntry>>();
  });
});
