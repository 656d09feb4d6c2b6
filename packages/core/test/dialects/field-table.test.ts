import { describe, expect, test } from "vitest";
import { makeFieldTable, respell } from "../../src/dialects/field-table.ts";

const inner = makeFieldTable([["from", "from_"]]);
const table = makeFieldTable(
  [
    ["myName", "my_name"],
    ["alike", "alike"],
    ["theThing", "the_thing"],
  ],
  new Map([["theThing", inner]]),
);

describe("respell", () => {
  test("renames the fields of the table, also nested ones, and nothing else", () => {
    const ours = {
      myName: 1,
      alike: 2,
      theThing: { from: "a", my_name: 3 },
      map: { my_name: 4 },
      __proto__x: null,
    };
    const theirs = {
      my_name: 1,
      alike: 2,
      the_thing: { from_: "a", my_name: 3 },
      map: { my_name: 4 },
      __proto__x: null,
    };
    expect(Object.fromEntries(respell(ours, table, "theirs").members)).toEqual(theirs);
    expect(Object.fromEntries(respell(theirs, table, "ours").members)).toEqual(ours);
  });

  test("leaves out null in fields of the table, in either spelling", () => {
    expect([
      ...respell({ my_name: null, myName: 5, alike: null, other: null }, table, "ours").members,
    ]).toEqual([
      ["myName", 5],
      ["other", null],
    ]);
  });

  test("a nested value that is no object passes", () => {
    expect([...respell({ the_thing: ["from_"] }, table, "ours").members]).toEqual([["theThing", ["from_"]]]);
  });

  test("joins two spellings of the same value", () => {
    const object = { my_name: [1], myName: [1], the_thing: { from_: "a" }, theThing: { from: "a" } };
    const { members, conflicts } = respell(object, table, "ours");
    expect(Object.fromEntries(members)).toEqual({ myName: [1], theThing: { from: "a" } });
    expect(conflicts).toEqual([]);
  });

  test("keeps two spellings of different values, and says so", () => {
    const object = { my_name: 1, myName: 2, the_thing: { from_: "a", from: "b" } };
    const { members, conflicts } = respell(object, table, "ours");
    expect(Object.fromEntries(members)).toEqual({
      my_name: 1,
      myName: 2,
      theThing: { from_: "a", from: "b" },
    });
    expect(conflicts).toEqual(["myName", "theThing.from"]);
  });
});
