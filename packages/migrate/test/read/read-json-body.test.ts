import { array, assert, dictionary, jsonValue, property, string } from "fast-check";
import { expect, test } from "vitest";
import { readJsonBody } from "../../src/read/read-json-body.ts";

const items = (bytes: Buffer | string) => [...readJsonBody(Buffer.from(bytes))];
const texts = (bytes: Buffer | string) =>
  items(bytes).flatMap((item) => (item.kind === "message" ? [item.message.text] : []));
const troubles = (bytes: Buffer | string) =>
  items(bytes).flatMap((item) => (item.kind === "trouble" ? [item.trouble] : []));
const whole =
  '{"session_id":"a","messages":[{"role":"user","content":"one"},{"content":"two"}],"metadata":{"n":1}}';

test("head and messages of a sound body", () => {
  expect(items(whole)[0]).toEqual({ kind: "head", fields: { session_id: "a", metadata: { n: 1 } } });
  expect(texts(whole)).toEqual(["one", "two"]);
  expect(troubles(whole)).toEqual([]);
});

test("cut off anywhere, what is whole is read, and the place is named", () => {
  for (let end = whole.indexOf("]"); end > 1; end -= 1) {
    const read = texts(whole.slice(0, end));
    expect(["one", "two"].slice(0, read.length)).toEqual(read);
    expect(troubles(whole.slice(0, end))).toMatchObject([{ id: "legacy-cut-off", line: 1 }]);
  }
  expect(texts(whole.slice(0, whole.indexOf("]")))).toEqual(["one", "two"]);
});

test("line and byte of a damage in a body with an indent", () => {
  const lines = '{\n  "messages": [\n    {"content": "one"},\n    x\n  ]\n}';
  expect(troubles(lines)).toEqual([
    { id: "legacy-cut-off", offset: lines.indexOf("x"), line: 4, problem: "expected a value" },
  ]);
});

test("a byte order mark is skipped, Latin-1 is taken for what it is, and UTF-8 beside it stays", () => {
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(whole)]);
  expect(texts(marked)).toEqual(["one", "two"]);
  expect(troubles(marked)).toEqual([{ id: "legacy-byte-order-mark", offset: 0 }]);
  const mixed = Buffer.concat([
    Buffer.from('{"messages":[{"content":"caf'),
    Buffer.from([0xe9]),
    Buffer.from(' 你"}]}'),
  ]);
  expect(texts(mixed)).toEqual(["café 你"]);
  expect(troubles(mixed)).toEqual([{ id: "legacy-not-utf8", offset: 28 }]);
});

test("what is no message is named, and does not stop the others", () => {
  const odd = '{"messages":["a text", 5, null, {"content":"two"}, []]}';
  expect(texts(odd)).toEqual(["a text", "two"]);
  expect(troubles(odd).map(({ id, offset }) => [id, offset])).toEqual([
    ["legacy-bare-text", 13],
    ["legacy-message-unread", 23],
    ["legacy-message-unread", 26],
    ["legacy-message-unread", 51],
  ]);
});

test.each(["", "[1,2]", "null", '"text"'])("%j holds no session", (text) => {
  expect(troubles(text)).toMatchObject([{ id: "legacy-unreadable", offset: 0, line: 1 }]);
});

test("messages that are no list are kept with the head", () => {
  expect(items('{"messages":"many"}')).toEqual([{ kind: "head", fields: { messages: "many" } }]);
  expect(items('{"messages":null}')).toEqual([{ kind: "head", fields: {} }]);
});

const members = dictionary(string(), jsonValue({ maxDepth: 2 }), { maxKeys: 4 });

test("a body with something odd in it, which is read item by item, says the same as a sound one", () => {
  assert(
    property(members, array(members, { maxLength: 4 }), members, (before, messages, after) => {
      const { messages: _list, ...fields } = { ...before, ...after };
      const text = (list: readonly unknown[]) =>
        JSON.stringify({ ...before, messages: list, ...fields }, null, 1);
      const odd = items(text([...messages, 5]));
      expect(odd.pop()).toMatchObject({ kind: "trouble", trouble: { id: "legacy-message-unread" } });
      expect(items(text(messages))).toEqual(odd);
    }),
  );
});

const twice = (list: string) =>
  `{"messages":["lost"],"a":1,"__proto__":{"b":2},"messages":${list},"a":{"c":[3]},"5":0}`;

test("of a name that stands twice the last counts, and names of the language are names like any other", () => {
  const [head, ...rest] = items(twice('[{"content":"one","__proto__":"x"},7]'));
  expect(JSON.stringify(head)).toBe('{"kind":"head","fields":{"5":0,"a":{"c":[3]},"__proto__":{"b":2}}}');
  expect(items(twice('[{"content":"one","__proto__":"x"}]'))).toEqual([head, ...rest.slice(0, -1)]);
});
