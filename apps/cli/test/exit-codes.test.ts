import { expect, test } from "vitest";
import { storeErrorMeanings } from "@sessionsmith/core";
import { exitStatusByCode, exitStatusMeanings } from "../src/exit-codes.ts";

test("every error code has an exit status that has a meaning", () => {
  expect(Object.keys(exitStatusByCode).toSorted()).toEqual(Object.keys(storeErrorMeanings).toSorted());
  for (const status of Object.values(exitStatusByCode)) expect(exitStatusMeanings[status]).toBeTruthy();
});

test("statuses that scripts rely on never move", () => {
  expect(exitStatusByCode).toMatchObject({
    E_USAGE: 2,
    E_CONFIG: 2,
    E_PARTIAL: 3,
    E_NOT_FOUND: 10,
    E_LOCKED: 11,
    E_CORRUPT_INDEX: 12,
    E_STALE_PLAN: 13,
    E_JOURNAL_PENDING: 14,
    E_REFUSED: 15,
    E_SQLITE_ERA: 15,
    E_SQLITE_UNAVAILABLE: 16,
    E_INTERRUPTED: 130,
  });
  expect(Object.keys(exitStatusMeanings).map(Number)).toEqual([
    0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 16, 130,
  ]);
});
