import { isJsonObject, type JsonValue } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { createSessionMethods, openSessionStores } from "@sessionsmith/sessions/methods";
import { readState } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { configOption, stateDirOption, storeOption } from "../options/selection-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { UsageError } from "../usage-error.ts";

const gatewayHint =
  "Stop the gateway, call it instead, or add --while-running to a method that only takes sessions out, adds some or patches them.";

/** Runs `sessionsmith call`. */
export const runCall: CommandHandler = async (call) => {
  const { io, options } = call;
  const [method = "", text = "{}"] = call.arguments;
  const params = parseParams(text);
  const host = await io.loadHost();
  const state = readState(call, host);
  const [stateDir, configPath, store] = [stateDirOption, configOption, storeOption].map((one) =>
    options.value(one),
  );
  const stores = openSessionStores({
    host: nodeEngineHost(host),
    ...(stateDir === undefined ? {} : { stateDir }),
    ...(configPath === undefined ? {} : { configPath }),
    ...(store === undefined ? {} : { store }),
    changes: {
      dryRun: options.flag(previewOption) === true,
      lockTimeoutMs,
      whileRunning: options.flag(whileRunningOption) === true,
      guard: (snapshot) => requireNoGateway(snapshot, { ...state, io }, gatewayHint),
    },
  });
  const answer = await createSessionMethods(stores).call(method, params);
  writeJson(answer, io.stdout);
  const errors = errorsOf(answer);
  for (const { line } of errors) io.stderr(`sessionsmith: ${safeText(line)}\n`);
  return errors.every(({ isPreview }) => isPreview) ? 0 : 3;
};

/** Something that could not be done. A preview, like one of `sessionsmith cleanup`, only tells of it. */
interface ToldError {
  readonly line: string;
  readonly isPreview: boolean;
}

/** What an answer says that could not be done; one on several stores says it of each. */
function errorsOf(answer: unknown): readonly ToldError[] {
  if (!isJsonObject(answer)) return [];
  const { errors, stores, dryRun, dry_run: isPrunePreview } = answer;
  const own = Array.isArray(errors)
    ? errors.map((error) => ({
        line: errorLine(error),
        isPreview: dryRun === true || (isPrunePreview === true && !isOfStore(error)),
      }))
    : [];
  return Array.isArray(stores) ? [...own, ...stores.flatMap(errorsOf)] : own;
}

/** Of `prune_sessions`: nobody knows what it would do in a store that can't be read. */
function isOfStore(error: JsonValue): boolean {
  return isJsonObject(error) && error["code"] !== undefined;
}

/** `prune_sessions` says `id` and `error`, as Aria does; a report of a cleanup `key` and `message`. */
function errorLine(value: JsonValue): string {
  if (!isJsonObject(value)) return JSON.stringify(value);
  const about = value["id"] ?? value["key"];
  const said = value["error"] ?? value["message"];
  return [about, said].filter((one) => typeof one === "string").join(": ");
}

function parseParams(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError("the parameters are not JSON", `Quote them for the shell: '{"key": "main"}'.`);
  }
}
