import { parseRow, parseTtl } from "@sessionsmith/core";
import type { JsonValue } from "@sessionsmith/core";
import { leaseView } from "@sessionsmith/sessions";
import { changeLease } from "@sessionsmith/sessions/change";
import type { ChangeOptions, LeaseOrder } from "@sessionsmith/sessions/change";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { openSession } from "../open-session.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { jsonValuesOption, ttlOption } from "../options/lease-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { reportFindings } from "../report-findings.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { UsageError } from "../usage-error.ts";
import { warnOfPending } from "../warn-of-pending.ts";
import { writeLease } from "./lease-report.ts";

/** Runs `sessionsmith get`: it looks, and does not count as access. */
export const runGet: CommandHandler = async (call) => {
  const [text = ""] = call.arguments;
  const { chosen, found } = await openSession(call, text);
  const { now } = chosen;
  const entry = parseRow(found.document, found.row) ?? {};
  const session = leaseView({ key: found.row.key, agentId: found.target.agentId, entry }, now);
  writeLease(call, { session, entry, now });
  const view = outputView(call.options, call.io);
  reportFindings([...chosen.settings.findings, ...chosen.findings], view, call.io);
  await warnOfPending(chosen, view, call.io);
  return 0;
};

/** Runs `sessionsmith set`. */
export const runSet: CommandHandler = (call) => {
  const [, name = "", text = ""] = call.arguments;
  if (name.trim() === "") throw new UsageError("set needs a key that is not empty");
  return changeOne(call, { what: "set", name, value: metaValue(call.options, text) });
};

/** Runs `sessionsmith expire`. */
export const runExpire: CommandHandler = (call) => changeOne(call, { what: "expire" });

/** Runs `sessionsmith refresh`. */
export const runRefresh: CommandHandler = (call) => {
  const ttlSeconds = readTtl(call.options);
  return changeOne(call, { what: "refresh", ...(ttlSeconds === undefined ? {} : { ttlSeconds }) });
};

async function changeOne(call: CommandCall, order: LeaseOrder): Promise<0> {
  const [text = ""] = call.arguments;
  const { chosen, found, scope } = await openSession(call, text);
  const { key } = found.row;
  const { answer, applied } = await changeLease(scope, { key, order }, changeOptions(call, chosen));
  writeLease(call, { session: answer.session, entry: answer.entry, now: chosen.now, applied });
  reportFindings([...chosen.settings.findings, ...chosen.findings], outputView(call.options, call.io), call.io);
  return 0;
}

/** How a command that changes one store does it: not while a gateway is running on it. */
export function changeOptions({ io, options }: CommandCall, chosen: ChosenStores): ChangeOptions {
  return {
    dryRun: options.flag(previewOption) === true,
    lockTimeoutMs,
    guard: (snapshot) =>
      requireNoGateway(snapshot, { ...chosen, io }, "Stop the gateway, then run the command again."),
  };
}

/** The time to live in seconds, null for ever, undefined if it is not given. */
export function readTtl(options: GivenOptions): number | null | undefined {
  const text = options.value(ttlOption);
  if (text === undefined) return undefined;
  const ttl = parseTtl(text);
  if (!ttl.ok) throw new UsageError(`--ttl "${text}": ${ttl.problem}`);
  return ttl.seconds;
}

/** A value as it is kept: text, or what it means as JSON if that was asked for. */
export function metaValue(options: GivenOptions, text: string): JsonValue {
  if (options.flag(jsonValuesOption) !== true) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`"${text}" is no JSON value`);
    throw error;
  }
}
