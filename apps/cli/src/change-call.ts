import { nodeEngineHost } from "@sessionsmith/core/engine";
import type { StoreTarget } from "@sessionsmith/core";
import type { Answered, ChangeFrame, ChangeOptions, StoreScope } from "@sessionsmith/sessions/change";
import type { ChosenStores } from "./choose-stores.ts";
import type { CommandCall } from "./command-spec.ts";
import type { ExitStatus } from "./exit-codes.ts";
import { previewOption, whileRunningOption } from "./options/writing-options.ts";
import { outputView } from "./output-view.ts";
import { lockTimeoutMs, tellRecovered } from "./recover-first.ts";
import { writeJson } from "./render/json.ts";
import { safeText } from "./render/safe-text.ts";
import { requireNoGateway } from "./require-no-gateway.ts";

const gatewayHint = "Stop the gateway, or call its own method of that name.";
const besideHint =
  "Stop the gateway, or add --while-running: then a session in use stays as it is, and the index is read again afterwards.";

/** An order to one store, and how its answer is told. */
export interface ChangeCall<A extends ChangeFrame> {
  readonly chosen: ChosenStores;
  readonly target: StoreTarget;
  readonly work: (scope: StoreScope, options: ChangeOptions) => Promise<Answered<A>>;
  /** What was done, or would be: each item is one line, whatever stands in the values that it names. */
  readonly text: (answer: A) => readonly string[];
  /** False for work that touches no session: then it is done beside a running gateway too. */
  readonly guarded?: boolean;
  /** True for a command that has `--while-running`. */
  readonly besideGateway?: boolean;
  /** The JSON of another tool that was asked for, in the place of text and of our own JSON; undefined if none was. */
  readonly foreign?: ((answer: A) => object) | undefined;
}

/**
 * Carries an order out unless a gateway is running on the store, tells what came of it, and how to take it back. Exit 3 if
 * something stayed as it was.
 */
export async function runChange<A extends ChangeFrame>(
  { io, options }: CommandCall,
  { chosen, target, work, text, foreign, guarded = true, besideGateway = false }: ChangeCall<A>,
): Promise<ExitStatus> {
  const view = outputView(options, io);
  const { host, settings, stateDir } = chosen;
  const scope = { host: nodeEngineHost(host), settings, stateDir, target };
  const dryRun = options.flag(previewOption) === true;
  const hint = besideGateway ? besideHint : gatewayHint;
  const { answer, applied } = await io.interruptible((signal) =>
    work(scope, {
      dryRun,
      signal,
      lockTimeoutMs,
      whileRunning: options.flag(whileRunningOption) === true,
      ...(guarded ? { guard: (snapshot) => requireNoGateway(snapshot, { ...chosen, io }, hint) } : {}),
    }),
  );
  tellRecovered(applied.recovered, io);
  if (foreign !== undefined) writeJson(foreign(answer), io.stdout);
  else if (view.json) writeJson(answer, io.stdout);
  else io.stdout(`${[...text(answer), ...undoLines(answer)].map(safeText).join("\n")}\n`);
  for (const warning of answer.warnings) io.stderr(`sessionsmith: ${safeText(warning)}\n`);
  return answer.warnings.length === 0 ? 0 : 3;
}

function undoLines({ dryRun, operationId }: ChangeFrame): readonly string[] {
  if (dryRun) return ["Nothing was changed (--dry-run)."];
  return operationId === null
    ? []
    : [`Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`];
}
