import { expect, test } from "vitest";
import { progressLine } from "../src/progress.ts";

/** A terminal, and a clock that the test sets. */
function terminal() {
  let now = 0;
  let written = "";
  const io = {
    stderrIsTty: true,
    stderr: (text: string): void => {
      written += text;
    },
  };
  return {
    io,
    clock: { now: () => now },
    at: (ms: number): void => {
      now = ms;
    },
    written: () => written,
  };
}

test("short work shows nothing", () => {
  const { io, clock, at, written } = terminal();
  const line = progressLine(io, clock, { what: "applying", silent: false });
  at(999);
  line.show({ done: 256, total: 1000 });
  line.clear();
  expect(written()).toBe("");
});

test("work longer than a second shows how far it is, at most ten times a second, and leaves nothing behind", () => {
  const { io, clock, at, written } = terminal();
  const line = progressLine(io, clock, { what: "applying", silent: false });
  for (const ms of [1000, 1050, 1100]) {
    at(ms);
    line.show({ done: ms, total: 3000 });
  }
  line.clear();
  expect(written().split("\r\u001b[K")).toEqual([
    "",
    "applying: 33 % (1000 of 3000)",
    "applying: 36 % (1100 of 3000)",
    "",
  ]);
});

test("without a terminal, and when silence was asked for, nothing is shown", () => {
  const { io, clock, at, written } = terminal();
  const lines = [
    progressLine({ ...io, stderrIsTty: false }, clock, { what: "applying", silent: false }),
    progressLine(io, clock, { what: "applying", silent: true }),
  ];
  at(5000);
  for (const line of lines) line.show({ done: 1, total: 2 });
  expect(written()).toBe("");
});
