import { array, assert, dictionary, integer, jsonValue, property, string } from "fast-check";
import { expect, test } from "vitest";
import { scanDocument } from "../../src/session-index/scan-document.ts";

const listed = dictionary(string(), jsonValue(), { noNullPrototype: true });

test("members and items lie where JSON.parse finds their values, with any indent", () => {
  assert(
    property(listed, array(jsonValue()), integer({ min: 0, max: 3 }), (more, list, indent) => {
      const object = JSON.parse(JSON.stringify({ ...more, list }));
      const bytes = Buffer.from(JSON.stringify(object, null, indent));
      const scan = scanDocument(bytes, "list");
      const textAt = ({ start, end }: { readonly start: number; readonly end: number }) =>
        JSON.parse(bytes.toString("utf8", start, end));
      expect(scan.damage).toBeUndefined();
      expect(scan.items.map(textAt)).toEqual(object.list);
      expect([...scan.members].map(([name, range]) => [name, textAt(range)])).toEqual(Object.entries(object));
    }),
  );
});

test("of a document that is cut off, what is found is the beginning of what was there", () => {
  assert(
    property(array(jsonValue(), { minLength: 1 }), integer({ min: 1, max: 1000 }), (list, cut) => {
      const bytes = Buffer.from(JSON.stringify({ before: 1, list, after: 2 }));
      const scan = scanDocument(bytes.subarray(0, bytes.length - cut), "list");
      expect(scan.damage).toBeDefined();
      const found = scan.items.map(({ start, end }) => bytes.toString("utf8", start, end));
      const all = list.map((item) => JSON.stringify(item));
      // A number may be cut off in its middle; it ends with the document then.
      expect(found.slice(0, -1)).toEqual(all.slice(0, Math.max(0, found.length - 1)));
      expect((all[found.length - 1] ?? "").startsWith(found.at(-1) ?? "")).toBe(true);
    }),
  );
});
