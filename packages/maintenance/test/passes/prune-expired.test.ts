import { expect, test } from "vitest";
import { pruneExpired } from "../../src/passes/prune-expired.ts";
import { dayMs, hourMs, now, rowAged } from "../snapshot-builder.ts";
import { verdictsOf } from "./verdicts-of.ts";

const leased = (lease: object, days = 0) => rowAged(days, { pluginExtensions: { sessionsmith: { lease } } });
const key = "agent:main:direct:ann";

test.each([
  ["run out just now", { expiresAt: now }, "prune-expired: lease-run-out"],
  ["still running", { expiresAt: now + 1 }, "keep: lease-not-run-out"],
  ["ended before its time", { expiresAt: now + dayMs, expiredAt: now - 1 }, "prune-expired: lease-run-out"],
  ["without an end", { user: "alice" }, undefined],
])("a lease %s", (_, lease, verdict) => {
  for (const preset of ["safe", "openclaw-2026.5"] as const)
    expect(verdictsOf(pruneExpired, { rows: { [key]: leased(lease) } }, { preset })[key]).toBe(verdict);
});

test("only leases that had run out by the given moment, and never one that still runs", () => {
  const sketch = { rows: { [key]: leased({ expiresAt: now - hourMs }) } };
  const at = (expiredBeforeMs: number) => verdictsOf(pruneExpired, sketch, { expiredBeforeMs })[key];
  expect(at(now - hourMs)).toBe("prune-expired: lease-run-out");
  expect(at(now - hourMs - 1)).toBe("keep: lease-not-run-out");
  const live = { rows: { [key]: leased({ expiresAt: now + 1 }) } };
  expect(verdictsOf(pruneExpired, live, { expiredBeforeMs: now + dayMs })[key]).toBe(
    "keep: lease-not-run-out",
  );
});

test("neither age nor what a row is holds it back, but use and an active key do", () => {
  const lease = { expiresAt: now - 1 };
  const rows = {
    "agent:main:main": leased(lease),
    "agent:main:whatsapp:group:g": leased(lease, 90),
    "agent:main:direct:active": leased(lease),
    "agent:main:direct:open": leased(lease),
    "agent:main:direct:running": { ...leased(lease), status: "running" },
  };
  const sketch = { rows, locked: ["agent:main:direct:open"] };
  expect(verdictsOf(pruneExpired, sketch, { activeKeys: ["direct:active"] })).toEqual({
    "agent:main:main": "prune-expired: lease-run-out",
    "agent:main:whatsapp:group:g": "prune-expired: lease-run-out",
    "agent:main:direct:active": "keep: lease-run-out, protected:active-key",
    "agent:main:direct:open": "keep: lease-run-out, in-use:locked",
    "agent:main:direct:running": "keep: lease-run-out, in-use:running",
  });
});

test("rows of other kinds, and rows without a lease, are not its business", () => {
  const rows = {
    [key]: leased({ expiresAt: 1 }),
    "agent:main:cron:job": leased({ expiresAt: 1 }),
    x: rowAged(9),
  };
  expect(verdictsOf(pruneExpired, { rows }, { kinds: ["cron"] })).toEqual({
    "agent:main:cron:job": "prune-expired: lease-run-out",
  });
});
