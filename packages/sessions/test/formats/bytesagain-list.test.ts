import type { JsonObject } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { toBytesagainList } from "../../src/formats/bytesagain-list.ts";
import type { ListQuery } from "../../src/list-query.ts";
import { selectSessions } from "../../src/select-sessions.ts";
import { everything, storesOnDisk } from "../stores-on-disk.ts";

/** When bytesagain's session 1.0.0 printed the lists that these rows are compared with. */
const now = Date.parse("2026-11-20T08:11:43.700Z");

/** Its times have microseconds, of which a lease keeps the milliseconds. */
const alice = {
  type: "session",
  id: "0ced8fd6a280",
  user: "alice",
  status: "active",
  ttl: 3600,
  meta: { lang: "en", theme: "light" },
  created_at: "2026-11-20T08:11:41.300000Z",
  last_access: "2026-11-20T08:11:41.441000Z",
  expires_at: "2026-11-20T09:11:41.300000Z",
};
const bob = {
  type: "session",
  id: "79c6aa27bfa0",
  user: "bob",
  status: "expired",
  ttl: 1,
  meta: { a: "1", b: "2" },
  created_at: "2026-11-20T08:11:41.324000Z",
  last_access: "2026-11-20T08:11:41.324000Z",
  expires_at: "2026-11-20T08:11:42.324000Z",
};
const ended = { ...alice, id: "ended", status: "expired", expired_at: "2026-11-20T08:11:43.700000Z" };

function rowOf(
  record: Omit<typeof alice, "meta"> & { readonly meta: JsonObject; readonly expired_at?: string },
): JsonObject {
  const lease = {
    user: record.user,
    ttlSeconds: record.ttl,
    lastAccessAt: Date.parse(record.last_access),
    expiresAt: Date.parse(record.expires_at),
    ...(record.expired_at === undefined ? {} : { expiredAt: Date.parse(record.expired_at) }),
    meta: record.meta,
  };
  return {
    sessionId: record.id,
    updatedAt: Date.parse(record.last_access) + 1,
    sessionStartedAt: Date.parse(record.created_at),
    pluginExtensions: { sessionsmith: { lease } },
  };
}

function listBytesagain(rows: JsonObject, change: Partial<ListQuery> = {}) {
  const { host, targets, settings } = storesOnDisk({ main: { "sessions.json": JSON.stringify(rows) } });
  return toBytesagainList(selectSessions(host, { targets, settings }, { ...everything, now, ...change }));
}

describe("toBytesagainList", () => {
  const rows = { a: rowOf(alice), b: rowOf(bob), c: rowOf(ended) };

  test("gives leases the recorded shape, key for key", () => {
    const list = listBytesagain(rows);
    expect(Object.entries(list).slice(0, 2)).toStrictEqual([
      ["ok", true],
      ["count", 3],
    ]);
    expect(list.sessions.map((session) => Object.entries(session))).toStrictEqual(
      [alice, ended, bob].map((record) => Object.entries(record)),
    );
  });

  test.each([
    ["active", ["0ced8fd6a280"]],
    ["expired", ["ended", "79c6aa27bfa0"]],
  ] as const)("the selection of %s sessions is that of the list", (status, ids) => {
    const list = listBytesagain(rows, { status });
    expect(list.sessions.map(({ id }) => id)).toStrictEqual(ids);
    expect(list.sessions.every((session) => session.status === status)).toBe(true);
  });

  test("a session without a lease is anonymous and never expires", () => {
    expect(
      listBytesagain({ "agent:main:main": { updatedAt: Date.parse("2026-11-20T08:00:00Z") } }).sessions,
    ).toStrictEqual([
      {
        type: "session",
        id: "agent:main:main",
        user: "anonymous",
        status: "active",
        ttl: null,
        meta: {},
        created_at: null,
        last_access: "2026-11-20T08:00:00.000000Z",
        expires_at: null,
      },
    ]);
  });
});
