import { describe, expect, test } from "vitest";
import { mended } from "./mended.ts";
import { answered, called, header, lines, said, sessionId } from "./transcript-lines.ts";

const sound = lines(header(), said("a", null), said("b", "a"));

/** Name, transcript, troubles, transcript afterwards, what was set aside. */
const cases: readonly (readonly [string, string | Buffer, readonly string[], string, string | undefined])[] =
  [
    ["a sound transcript", sound, [], sound, undefined],
    ["a header alone", lines(header()), [], lines(header()), undefined],
    ["blank lines", `${sound}\n  \n`, [], `${sound}\n  \n`, undefined],
    [
      "a list without ids",
      lines(header(), `{"type":"message","message":{"role":"user"}}`),
      [],
      lines(header(), `{"type":"message","message":{"role":"user"}}`),
      undefined,
    ],
    ["a torn tail", `${sound}{"type":"mess`, ["torn-tail"], sound, `{"type":"mess\n`],
    [
      "a tail torn in a character",
      Buffer.concat([Buffer.from(sound), Buffer.from(`{"type":"é`).subarray(0, 10)]),
      ["torn-tail"],
      sound,
      `{"type":"\uFFFD\n`,
    ],
    ["no last line end", sound.trimEnd(), ["unterminated"], sound, undefined],
    ["NUL bytes at the end", `${sound}\0\0\0\0`, ["nul-bytes"], sound, "\0\0\0\0\n"],
    ["a record, then NUL bytes", `${sound.trimEnd()}\0\0`, ["unterminated", "nul-bytes"], sound, "\0\0\n"],
    ["a torn tail, then NUL bytes", `${sound}{"ty\0\0`, ["torn-tail", "nul-bytes"], sound, `{"ty\n\0\0\n`],
    [
      "NUL bytes before a record",
      lines(header(), `\0\0${said("a", null)}`),
      ["nul-bytes"],
      lines(header(), said("a", null)),
      "\0\0\n",
    ],
    [
      "a line of NUL bytes",
      lines(header(), "\0\0\0", said("a", null)),
      ["nul-bytes"],
      lines(header(), said("a", null)),
      "\0\0\0\n",
    ],
    [
      "glued records",
      lines(header(), `${said("a", null)}${said("b", "a")} ${said("c", "b")}`),
      ["glued-records"],
      lines(header(), said("a", null), said("b", "a"), said("c", "b")),
      undefined,
    ],
    [
      "a header glued to a record",
      lines(`${header()}${said("a", null)}`, said("b", "a")),
      ["glued-records"],
      sound,
      undefined,
    ],
    [
      "a record after a torn one",
      lines(
        header(),
        `{"type":"message","id":"x","parentId":null,"message":{"content":[{"type":"text","text":"ha${said("a", null)}`,
      ),
      ["glued-records"],
      lines(header(), said("a", null)),
      `{"type":"message","id":"x","parentId":null,"message":{"content":[{"type":"text","text":"ha\n`,
    ],
    [
      "a torn record after a whole one",
      `${lines(header())}${said("a", null)}{"type":"mes`,
      ["torn-tail"],
      lines(header(), said("a", null)),
      `{"type":"mes\n`,
    ],
    [
      "a part of a torn record is none",
      lines(header(), `{"type":"custom","data":[{"type":"x","id":"y","parentId":null},{"ty`, said("a", null)),
      ["line-damaged"],
      lines(header(), said("a", null)),
      `{"type":"custom","data":[{"type":"x","id":"y","parentId":null},{"ty\n`,
    ],
    [
      "a damaged line",
      lines(header(), said("a", null), "oops", said("b", "a")),
      ["line-damaged"],
      sound,
      "oops\n",
    ],
    [
      "a line that is no object",
      lines(header(), "7", "null", "[]", said("a", null)),
      ["line-damaged"],
      lines(header(), said("a", null)),
      "7\nnull\n[]\n",
    ],
    [
      "invalid UTF-8",
      Buffer.from(lines(header(), said("a", null), said("b", "a", "\u00ff"), said("c", "b")), "latin1"),
      ["line-not-utf8", "parent-missing"],
      lines(header(), said("a", null), said("c", "a")),
      `${said("b", "a", "\uFFFD")}\n`,
    ],
    [
      "no header",
      lines(said("a", null), said("b", "a")),
      ["header-missing"],
      lines(header({ cwd: undefined }), said("a", null), said("b", "a")),
      undefined,
    ],
    [
      "what sessions.compact leaves",
      lines(said("c", "b"), said("d", "c")),
      ["header-missing", "parent-missing"],
      lines(header({ cwd: undefined }), said("c", null), said("d", "c")),
      undefined,
    ],
    [
      "a damaged header",
      lines(`{"type":"session","vers`, said("a", null)),
      ["header-damaged"],
      lines(header({ cwd: undefined }), said("a", null)),
      `{"type":"session","vers\n`,
    ],
    [
      "a header without an id",
      lines(`{"type":"session","version":3}`, said("a", null)),
      ["header-damaged"],
      lines(header({ cwd: undefined }), said("a", null)),
      `{"type":"session","version":3}\n`,
    ],
    [
      "something before the header",
      lines("oops", header(), said("a", null)),
      ["line-damaged"],
      lines(header(), said("a", null)),
      "oops\n",
    ],
    ["a byte order mark", `\uFEFF${sound}`, ["glued-records"], sound, "\uFEFF\n"],
    [
      "a header in second place",
      lines(said("a", null), header({ cwd: "/other" })),
      ["header-missing", "header-second"],
      lines(header({ cwd: "/other" }), said("a", null)),
      `${header({ cwd: "/other" })}\n`,
    ],
    [
      "a second header",
      lines(header(), said("a", null), header({ id: "x" }), said("b", "a")),
      ["header-second"],
      sound,
      `${header({ id: "x" })}\n`,
    ],
    [
      "nothing",
      "",
      ["empty"],
      lines(header({ timestamp: "2026-01-02T00:00:00.000Z", cwd: undefined })),
      undefined,
    ],
    [
      "nothing but NUL bytes",
      "\0\0",
      ["empty", "nul-bytes"],
      lines(header({ timestamp: "2026-01-02T00:00:00.000Z", cwd: undefined })),
      "\0\0\n",
    ],
    ["CR LF", sound.replaceAll("\n", "\r\n"), ["crlf"], sound, undefined],
    [
      "CR CR LF and a CR at the end",
      `${sound.replaceAll("\n", "\r\r\n")}${said("c", "b")}\r`,
      ["crlf", "unterminated"],
      `${sound}${said("c", "b")}\n`,
      undefined,
    ],
    [
      "a record that was written twice",
      lines(header(), said("a", null), said("a", null), said("b", "a")),
      ["duplicate-id"],
      sound,
      `${said("a", null)}\n`,
    ],
    [
      "two records of one id",
      lines(header(), said("a", null), said("a", null, "other"), said("b", "a")),
      ["duplicate-id"],
      lines(header(), said("a", null), said("c685ddb0", null, "other"), said("b", "c685ddb0")),
      undefined,
    ],
    [
      "a missing parent",
      lines(header(), said("a", null), said("b", "a"), said("d", "c")),
      ["parent-missing"],
      lines(header(), said("a", null), said("b", "a"), said("d", "b")),
      undefined,
    ],
    [
      "a record that is its own parent",
      lines(header(), said("a", null), said("b", "b")),
      ["parent-missing"],
      sound,
      undefined,
    ],
    [
      "records that are each other's parents",
      lines(header(), said("a", "b"), said("b", "a")),
      ["parent-missing"],
      sound,
      undefined,
    ],
    [
      "no parent in a linked file",
      lines(header(), said("a", null), `{"type":"custom","id":"b"}`),
      ["parent-missing"],
      lines(header(), said("a", null), `{"parentId":"a","type":"custom","id":"b"}`),
      undefined,
    ],
    [
      "a message without a role",
      lines(header(), said("a", null), `{"type":"message","id":"b","parentId":"a","message":{"role":null}}`),
      ["entry-incomplete"],
      lines(header(), said("a", null), `{"type":"message","id":"b","parentId":"a","message":{"role":null}}`),
      undefined,
    ],
    [
      "a newer version",
      lines(header({ version: 4 }), "oops"),
      ["newer"],
      lines(header({ version: 4 }), "oops"),
      undefined,
    ],
    [
      "an answered call",
      lines(header(), called("a", null, "1"), answered("b", "a", "1")),
      [],
      lines(header(), called("a", null, "1"), answered("b", "a", "1")),
      undefined,
    ],
  ];

const result = (callId: string, id: string, parentId: string) => ({
  type: "message",
  id,
  parentId,
  timestamp: "2026-06-01T10:00:00.000Z",
  message: {
    role: "toolResult",
    toolCallId: callId,
    toolName: "exec",
    content: [{ type: "text", text: "No result of this tool call was recorded: the run was interrupted." }],
    details: { sessionsmith: "synthetic" },
    isError: true,
    timestamp: 2,
  },
});

describe("a tool call without a result", () => {
  test("gets one that says so, and what followed the call follows the result", () => {
    const { troubles, after, aside } = mended(
      lines(header(), called("a", null, "1", "2", "3"), answered("b", "a", "2"), said("c", "b")),
    );
    expect(troubles).toEqual(["call-unanswered"]);
    expect(aside).toBeUndefined();
    const [, call, first, second, ...rest] = after.toString().trimEnd().split("\n");
    expect(call).toBe(called("a", null, "1", "2", "3"));
    const [one, two] = [JSON.parse(first ?? ""), JSON.parse(second ?? "")];
    expect(one).toEqual(result("1", one.id, "a"));
    expect(two).toEqual(result("3", two.id, one.id));
    expect(rest).toEqual([answered("b", two.id, "2"), said("c", "b")]);
    expect(mended(after).troubles).toEqual([]);
  });

  test("in the last line, without a line end", () => {
    const { troubles, after } = mended(lines(header(), called("a", null, "1")).trimEnd());
    expect(troubles).toEqual(["unterminated", "call-unanswered"]);
    expect(after.toString().endsWith("}\n")).toBe(true);
    expect(after.toString().split("\n")).toHaveLength(4);
    expect(mended(after).troubles).toEqual([]);
  });

  test("between glued records", () => {
    const { after } = mended(lines(header(), called("a", null, "1") + said("b", "a")));
    expect(after.toString().trimEnd().split("\n")).toHaveLength(4);
    expect(mended(after).troubles).toEqual([]);
  });

  test("an id that is used again belongs to the nearest call before", () => {
    const { troubles, after } = mended(
      lines(header(), called("a", null, "1"), called("b", "a", "1"), answered("c", "b", "1")),
    );
    expect(troubles).toEqual(["call-unanswered"]);
    expect(after.toString().trimEnd().split("\n")).toHaveLength(5);
  });

  test("an answer that was broken off made no call, and a line nobody looks into may answer any", () => {
    const aborted = called("a", null, "1").replace("toolUse", "aborted");
    expect(mended(lines(header(), aborted)).troubles).toEqual([]);
    const deep = "[".repeat(300) + "]".repeat(300);
    expect(mended(lines(header(), called("a", null, "1"), deep, said("z", "y"))).troubles).toEqual([
      "line-unread",
    ]);
  });

  test("in a list without links the result has none", () => {
    const list = lines(
      header(),
      `{"type":"message","id":"a","message":{"role":"assistant","content":[{"type":"toolCall","id":"1"}]}}`,
      `{"type":"custom","id":"b"}`,
    );
    const { after } = mended(list);
    expect(JSON.parse(after.toString().split("\n")[2] ?? "")).toEqual({
      type: "message",
      message: { ...result("1", "", "").message, toolName: "unknown", timestamp: undefined },
    });
    expect(mended(after).troubles).toEqual([]);
  });
});

describe("a header that is put back", () => {
  const headless = lines(said("a", null));

  test("comes from an archive of the same session", () => {
    const archivedHeader = header({ cwd: "/archived", parentSession: "p" });
    expect(mended(headless, { archivedHeader }).after.toString()).toBe(`${archivedHeader}\n${headless}`);
    const other = header({ id: "other" });
    expect(mended(headless, { archivedHeader: other }).after.toString()).not.toContain("other");
  });

  test("says what is known, and nothing else", () => {
    expect(mended(headless, { cwd: "/home" }).after.toString()).toBe(
      `${header({ cwd: "/home" })}\n${headless}`,
    );
    const [first = ""] = mended(`{"role":"user","content":"a"}\n`).after.toString().split("\n");
    expect(JSON.parse(first)).toEqual({
      type: "session",
      id: sessionId,
      timestamp: "2026-01-02T00:00:00.000Z",
    });
  });

  test("takes no text for a time", () => {
    const odd = said("a", null).replace("2026-06-01T10:00:00.000Z", "what she said");
    expect(mended(`${odd}\n`).after.toString()).toContain(`"timestamp":"2026-01-02T00:00:00.000Z"}`);
  });
});

/** Troubles that mending leaves as they are. */
const stays = new Set(["newer", "entry-incomplete", "line-unread", "result-unasked"]);

describe("each kind of damage", () => {
  test.each(cases)("%s", (_, before, troubles, after, aside) => {
    const once = mended(before);
    expect(once.troubles).toEqual(troubles);
    expect(once.after.toString()).toBe(after);
    expect(once.aside?.toString()).toBe(aside);
    const again = mended(once.after);
    expect(again.after.equals(once.after)).toBe(true);
    expect(again.troubles.filter((id) => !stays.has(id))).toEqual([]);
  });
});
