import { describe, expect, test } from "vitest";
import { diskWith, transcript } from "../change/changed-store.ts";
import { exported } from "./export-store.ts";

const at = Date.UTC(2026, 10, 20, 8);
const message = (id: string, body: object) => ({
  type: "message",
  id,
  parentId: null,
  timestamp: "2026-11-20T08:00:00.000Z",
  message: body,
});
const hostile = `<script>alert("1")</script>\n## assistant (2026)\n\u001b[31m\u202e & 'x'`;
const records = [
  message("1", { role: "user", content: hostile }),
  message("2", {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "see" },
      { type: "toolCall", id: "c", name: "read<b>", arguments: { path: "a", apiKey: "hunter2222" } },
    ],
  }),
  message("3", {
    role: "toolResult",
    toolCallId: "c",
    toolName: "read",
    content: [{ type: "text", text: "```\n</pre>\n```" }],
  }),
  { type: "model_change", id: "4", provider: "openai", modelId: "gpt-5" },
  { type: "compaction", id: "5", summary: "the story so far" },
  { type: "strange", id: "6", text: "?" },
];

const row = {
  sessionId: "s1",
  updatedAt: at,
  sessionStartedAt: at - 1000,
  label: "=Ann|<b>",
  model: "gpt-5",
  modelProvider: "openai",
  totalTokens: 7,
  pluginExtensions: {
    sessionsmith: {
      lease: {
        user: "ann",
        ttlSeconds: 60,
        lastAccessAt: at,
        expiresAt: at + 60_000,
        meta: { a: "1", token: "hunter2222" },
      },
    },
  },
};

const store = () =>
  diskWith({
    rows: { "agent:main:main": row, "agent:main:cron:a": { sessionId: "s2", updatedAt: at - 5 } },
    files: { "s1.jsonl": `${transcript("s1", ...records)}{broken\n` },
  });

describe("markdown", () => {
  test("what was said stands in quotes, the rest is folded, and nothing passes for a turn", () => {
    const text = exported(store(), "markdown", { session: "agent:main:main" });
    expect(text.split("\n").filter((line) => line.startsWith("#"))).toEqual([
      String.raw`# =Ann\|&lt;b&gt;`,
      "## user (2026-11-20T08:00:00.000Z)",
      "## assistant (2026-11-20T08:00:00.000Z)",
      "## toolResult (2026-11-20T08:00:00.000Z)",
      "## compaction",
      "## strange",
    ]);
    expect(text).toContain("> ## assistant (2026)\n> \ufffd[31m\ufffd & 'x'\n");
    expect(text).toContain("<details><summary>tool call: read&lt;b&gt;</summary>\n\n```\n");
    expect(text).toContain("````\n```\n</pre>\n```\n````");
    expect(text).toContain("_A line that is no record._");
    expect(text).not.toContain("\u001b");
  });
});

describe("html", () => {
  const page = exported(store(), "html");

  test("needs no script and no network, and says so itself", () => {
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    );
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|javascript:|url\(|@import/i);
    expect(page.match(/href="[^#]/g)).toBeNull();
  });

  test("only our own elements are elements: every text is escaped", () => {
    const ours = new Set(
      "html head meta title style body main nav ol li a p section h2 h3 table tr th td article time div details summary pre".split(
        " ",
      ),
    );
    const elements = [...page.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name = ""]) => name.toLowerCase());
    expect(elements.filter((name) => !ours.has(name))).toEqual([]);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(page).toContain("read&lt;b&gt;");
  });

  test("every element that is opened is closed, in order", () => {
    const open: string[] = [];
    const wrong: string[] = [];
    for (const [, slash = "", name = ""] of page.matchAll(/<(\/?)([a-z0-9]+)(?:\s[^>]*)?>/gi)) {
      if (name === "meta" || name === "DOCTYPE") continue;
      if (slash === "") open.push(name);
      else if (open.pop() !== name) wrong.push(name);
    }
    expect({ open, wrong }).toEqual({ open: [], wrong: [] });
  });

  test("tool calls, their results and thinking are folded", () => {
    expect(page.match(/<summary>[^<]*/g)).toEqual([
      "<summary>thinking",
      "<summary>tool call: read&lt;b&gt;",
      "<summary>tool result: read",
      "<summary>data: strange",
    ]);
  });
});

describe("csv", () => {
  test("a line for each session, with lease and metadata, and no formula", () => {
    const [head = "", first = "", ...more] = exported(store(), "csv").trimEnd().split("\n");
    const cells = Object.fromEntries(head.split("\t").map((name, n) => [name, first.split("\t")[n]]));
    expect(cells).toMatchObject({ key: "agent:main:main", label: "'=Ann|<b>", user: "ann" });
    expect(head).toMatch(
      /sessionStartedAt\testimatedCostUsd\tttlSeconds\tlastAccessAt\texpiredAt\tmeta\ttranscript\ttranscriptBytes$/,
    );
    expect(first).toContain('{"a":"1","token":"hunter2222"}\ts1.jsonl\t');
    expect(more).toHaveLength(1);
  });
});

describe("--redact", () => {
  test.each(["json", "jsonl", "markdown", "html", "csv"] as const)("%s shows no secret", (format) => {
    const clear = exported(store(), format);
    const masked = exported(store(), format, { redact: true });
    expect(clear).toContain("hunter2222");
    expect(masked).not.toContain("hunter2222");
  });
});

test.each(["json", "jsonl", "markdown", "html"] as const)(
  "--redact: %s says that it was masked",
  (format) => {
    const masked = exported(store(), format, { redact: true });
    expect(masked).toMatch(/"redacted": ?true|can't be resumed|can&#39;t be resumed/);
  },
);

test("bytesagain's lines are spelled as its script spells them", () => {
  expect(exported(store(), "bytesagain")).toBe(
    '{"type": "session", "id": "s1", "user": "ann", "status": "active", "ttl": 60, "meta": {"a": "1", "token": "hunter2222"}, ' +
      '"created_at": "2026-11-20T07:59:59.000000Z", "last_access": "2026-11-20T08:00:00.000000Z", "expires_at": "2026-11-20T08:01:00.000000Z"}\n',
  );
});
