import { describe, expect, test } from "vitest";
import { reportFailedStores } from "../src/failed-stores.ts";
import type { FailedStore, StoreResults } from "../src/failed-stores.ts";
import { recordingIo } from "./fake-io.ts";

const corrupt: FailedStore = { agentId: "bad", code: "E_CORRUPT_INDEX", message: "can't read \u001b[2J it" };
const io: FailedStore = { agentId: "odd", code: "E_IO", message: "no" };
const view = { json: false, color: false, quiet: false, verbose: false };

describe("the exit status", () => {
  test.each<[StoreResults, number]>([
    [{ opened: 0, failed: [], leftOut: 0 }, 0],
    [{ opened: 2, failed: [], leftOut: 0 }, 0],
    [{ opened: 2, failed: [corrupt], leftOut: 0 }, 3],
    [{ opened: 2, failed: [corrupt, io], leftOut: 0 }, 12],
    [{ opened: 1, failed: [], leftOut: 1 }, 3],
    [{ opened: 0, failed: [], leftOut: 1 }, 15],
  ])("%j ends with %i", (results, status) => {
    expect(reportFailedStores(results, view, recordingIo().io)).toBe(status);
  });
});

test("as text: a line for each, and how many", () => {
  const { io: terminal, written } = recordingIo();
  reportFailedStores({ opened: 3, failed: [corrupt], leftOut: 1 }, view, terminal);
  expect(written()).toEqual({
    stdout: "",
    stderr:
      "sessionsmith: agent bad: can't read \\x1b[2J it\nsessionsmith: 2 of 4 stores could not be done.\n",
  });
});

test("as JSON: one object", () => {
  const { io: terminal, written } = recordingIo();
  reportFailedStores({ opened: 2, failed: [io], leftOut: 0 }, { ...view, json: true }, terminal);
  expect(JSON.parse(written().stderr)).toEqual({
    error: {
      code: "E_PARTIAL",
      message: "1 of 2 stores could not be done.",
      hint: null,
      details: { stores: [{ agentId: "odd", code: "E_IO", message: "no" }], leftOut: 0 },
      exitCode: 3,
    },
  });
});
