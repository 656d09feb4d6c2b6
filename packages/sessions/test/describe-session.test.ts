import { describe, expect, test } from "vitest";
import { sessionDescriber } from "../src/describe-session.ts";
import type { ListQuery } from "../src/list-query.ts";
import { readStores } from "../src/read-stores.ts";
import { everything, type SessionFiles, storeOnDisk, withFs } from "./stores-on-disk.ts";

const chat = '{"type":"message","message":{"role":"user","content":"What is up?"}}\n';

interface Given {
  readonly index: object | string;
  readonly files?: SessionFiles;
  readonly config?: string;
}

/** Describes every row of an index, and notes the transcripts that were opened for it. */
function describeRows({ index, files = {}, config = "{}" }: Given, change: Partial<ListQuery> = {}) {
  const opened: string[] = [];
  const stores = storeOnDisk(index, files, config);
  const { host, settings, targets } = withFs(stores, {
    withFile: (path, use) => {
      opened.push(path.slice(path.lastIndexOf("/") + 1));
      return stores.host.fs.withFile(path, use);
    },
  });
  const [target] = targets;
  const document = readStores(host, targets, everything)[0]?.document;
  if (target === undefined || document === undefined) throw new Error("no store");
  const describeOne = sessionDescriber(host, settings, { ...everything, ...change });
  const described = document.rows.map((row) => describeOne({ target, document, row, updatedAt: undefined }));
  return { sessions: described.map(({ session }) => session), opened: opened.slice(1) };
}

describe("sessionDescriber", () => {
  const rows = { a: { sessionId: "s1" }, b: { sessionId: "s2", label: "Named" } };
  const files = { "s1.jsonl": chat, "s2.jsonl": chat };

  test("opens no transcript unless a title or a preview is asked for", () => {
    const { sessions, opened } = describeRows({ index: rows, files });
    expect(opened).toStrictEqual([]);
    expect(sessions.map(({ title, lastMessage }) => [title, lastMessage])).toStrictEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test("opens one for a title only if the row gives none", () => {
    const { sessions, opened } = describeRows({ index: rows, files }, { titles: true });
    expect(opened).toStrictEqual(["s1.jsonl"]);
    expect(sessions.map(({ title }) => title)).toStrictEqual(["What is up?", "Named"]);
  });

  test("opens every one for previews, and derives no title unasked", () => {
    const { sessions, opened } = describeRows({ index: rows, files }, { previews: true });
    expect(opened).toStrictEqual(["s1.jsonl", "s2.jsonl"]);
    expect(sessions.map(({ title, lastMessage }) => [title, lastMessage?.text])).toStrictEqual([
      [undefined, "What is up?"],
      [undefined, "What is up?"],
    ]);
  });

  test("names the agent of the key with its settings, and the kind by the main key", () => {
    const config =
      '{"session":{"mainKey":"desk"},"agents":{"list":[{"id":"main"},{"id":"work","model":"m"}]}}';
    const { sessions } = describeRows({
      index: { "agent:work:desk": {}, "agent:gone:x": {}, global: {} },
      config,
    });
    expect(sessions.map(({ agentId, agent, kind }) => [agentId, agent?.model, kind])).toStrictEqual([
      ["work", "m", "main"],
      ["gone", undefined, "unknown"],
      ["main", undefined, "global"],
    ]);
  });

  test("tells why a row is not understood", () => {
    const index = '{"odd":[1e400],"same":{"label":"1"},"same":{"label":"2"},"fine":{"label":"L"}}';
    const { sessions } = describeRows({ index });
    expect(sessions.map(({ key, entry, rowFinding }) => [key, entry, rowFinding])).toStrictEqual([
      ["odd", {}, "row-not-object"],
      ["same", { label: "1" }, undefined],
      ["same", {}, "index-duplicate-key-conflict"],
      ["fine", { label: "L" }, undefined],
    ]);
  });
});
