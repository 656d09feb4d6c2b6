import { expect, test } from "vitest";
import { listCsvColumns } from "../src/list-csv-columns.ts";
import { listedSession } from "../src/listed-session.ts";
import type { SelectedSession } from "../src/session-selection.ts";
import { now } from "./stores-on-disk.ts";

const session: SelectedSession = {
  key: "agent:main:main",
  agentId: "main",
  agent: undefined,
  kind: "main",
  sessionId: "s",
  updatedAt: now,
  entry: {
    label: "=HYPERLINK()",
    displayName: "@team",
    model: "gpt-5",
    totalTokens: 12,
    pluginExtensions: { sessionsmith: { lease: { user: "+49", expiresAt: now + 1 } } },
  },
  rowFinding: undefined,
  title: "-1",
  lastMessage: undefined,
};

function cells(listed: SelectedSession, at: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listCsvColumns.map((column) => [column.name, column.cell(listedSession(listed, at))]),
  );
}

test("texts are guarded, times are ISO 8601, numbers are plain, the unknown is empty", () => {
  expect(cells(session, now - 9)).toStrictEqual({
    key: "agent:main:main",
    agentId: "main",
    kind: "direct",
    fineKind: "main",
    sessionId: "s",
    label: "'=HYPERLINK()",
    displayName: "'@team",
    title: "'-1",
    updatedAt: "2027-01-15T08:00:00.000Z",
    ageMs: "-9",
    model: "gpt-5",
    modelProvider: "",
    inputTokens: "",
    outputTokens: "",
    totalTokens: "12",
    contextTokens: "",
    status: "active",
    user: "'+49",
    expiresAt: "2027-01-15T08:00:00.001Z",
    rowFinding: "",
  });
});

test("a row of unknown time has no time and no age", () => {
  expect(cells({ ...session, updatedAt: undefined }, now)).toMatchObject({ updatedAt: "", ageMs: "" });
});
