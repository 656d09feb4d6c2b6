import { describe, expect, test } from "vitest";
import { findIdentityLink, findLinkNamed } from "../../src/keys/identity-links.ts";

const links = [
  { name: "Ann", peers: ["telegram:5", " Signal:+15550001 "] },
  { name: "bob", peers: ["7", "@bob:example.org"] },
  { name: "late", peers: ["telegram:5"] },
];

describe("the link that lists a peer", () => {
  test.each([
    ["telegram", "5", "Ann"],
    ["TELEGRAM ", " 5", "Ann"],
    ["signal", "+15550001", "Ann"],
    ["discord", "5", undefined],
    [undefined, "5", undefined],
    ["discord", "7", "bob"],
    [undefined, "7", "bob"],
    ["matrix", "@Bob:example.org", "bob"],
    ["telegram", "Ann", undefined],
  ])("%s %s: %s", (channel, id, name) => {
    expect(findIdentityLink({ channel, id }, links)?.name).toBe(name);
  });
});

test("the link that a key names", () => {
  expect(findLinkNamed("ann", links)?.name).toBe("Ann");
  expect(findLinkNamed("5", links)).toBeUndefined();
});
