import { expect, test } from "vitest";
import { parseProcStat } from "../../src/disk/proc-stat.ts";

function line(name: string, state: string, startTicks: string): string {
  const between = Array.from({ length: 18 }, (_, index) => String(index));
  return `4242 (${name}) ${state} ${between.join(" ")} ${startTicks} 10 20\n`;
}

test.each([
  ["node", "S", { ended: false, startTicks: 94778 }],
  ["a) Z (b) 1 2", "R", { ended: false, startTicks: 94778 }],
  ["gone", "Z", { ended: true, startTicks: 94778 }],
  ["going", "X", { ended: true, startTicks: 94778 }],
])("counts the fields after the name %j in state %s", (name, state, expected) => {
  expect(parseProcStat(line(name, state, "94778"))).toEqual(expected);
});

test.each(["", "4242 (node) S 1 2 3", "no name S 1", line("node", "S", "soon")])(
  "another shape: %j",
  (text) => {
    expect(parseProcStat(text)).toBeUndefined();
  },
);
