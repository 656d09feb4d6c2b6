import { counted } from "../render/counted.ts";
import { StoreError } from "@sessionsmith/core";
import type { Host, StoreTarget } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { requireOneSession } from "@sessionsmith/sessions";
import { openCheckpointDesk } from "@sessionsmith/sessions/manager";
import type { Checkpoint, CheckpointDesk } from "@sessionsmith/sessions/manager";
import type { ChosenStores } from "../choose-stores.ts";
import { chooseStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { descriptionOption } from "../options/manager-options.ts";
import { oneOf } from "../options/parsers.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { readKeyringIfGiven } from "../read-keyring.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { UsageError } from "../usage-error.ts";

const actions = ["save", "list", "restore", "delete"] as const;
const gatewayHint = "Stop the gateway, then run the command again.";

/** What a checkpoint command did, or would do. */
interface CheckpointReport {
  readonly ok: true;
  readonly dryRun: boolean;
  readonly operationId: string | null;
  readonly checkpoint: Checkpoint;
}

/** Runs `sessionsmith checkpoint`: the action that its first word names. */
export const runCheckpoint: CommandHandler = async (call) => {
  const [word = "", what, name] = call.arguments;
  const action = oneOf("checkpoint", actions)(word);
  requireWords(action, what, name);
  if (action !== "save" && call.options.value(descriptionOption) !== undefined)
    throw new UsageError(`--description does not go with checkpoint ${action}`);
  if (action === "list" && call.options.flag(previewOption) !== undefined)
    throw new UsageError("--dry-run does not go with checkpoint list");
  const host = await call.io.loadHost();
  if (action === "list") return runList(call, host, what);
  if (action === "save") return runSave(call, host, { word: what ?? "", name: name ?? "" });
  return runOnOne(call, host, { action, id: what ?? "" });
};

function requireWords(
  action: (typeof actions)[number],
  what: string | undefined,
  name: string | undefined,
): void {
  if (action === "save" && name === undefined)
    throw new UsageError("checkpoint save needs a session and a name");
  if ((action === "restore" || action === "delete") && what === undefined)
    throw new UsageError(`checkpoint ${action} needs the id of a checkpoint`);
  if (action !== "save" && name !== undefined)
    throw new UsageError(`checkpoint ${action} takes no further word`);
}

async function runSave(
  call: CommandCall,
  host: Host,
  { word, name }: { readonly word: string; readonly name: string },
): Promise<ExitStatus> {
  const chosen = chooseForSession(call, host, word);
  const { target, row } = requireOneSession(word, findInStores(chosen, { text: word }));
  const description = call.options.value(descriptionOption);
  const order = description === undefined ? { name } : { name, description };
  const checkpoint = await atDesk(call, { chosen, target }, (desk) => desk.save(row.key, order));
  return tell(call, { checkpoint, operationId: null }, (dryRun) =>
    dryRun
      ? `Would save ${counted(checkpoint.messageCount, "message")} of ${checkpoint.key} as a checkpoint.`
      : `Saved ${counted(checkpoint.messageCount, "message")} of ${checkpoint.key} as checkpoint ${checkpoint.id}.`,
  );
}

async function runOnOne(
  call: CommandCall,
  host: Host,
  { action, id }: { readonly action: "delete" | "restore"; readonly id: string },
): Promise<ExitStatus> {
  const chosen = chooseStores(call, host, "every-store");
  const target = await storeOfCheckpoint(call, chosen, id);
  const done = await atDesk(call, { chosen, target }, (desk) =>
    action === "restore" ? desk.restore(id) : desk.remove(id),
  );
  const { checkpoint } = done;
  const words = action === "restore" ? ["restore", "Restored"] : ["delete", "Deleted"];
  return tell(call, done, (dryRun) => {
    const what = `checkpoint ${checkpoint.id} (${checkpoint.name}) of ${checkpoint.key}: ${counted(checkpoint.messageCount, "message")}.`;
    return dryRun ? `Would ${words[0]} ${what}` : `${words[1]} ${what}`;
  });
}

/** The chosen store that has a checkpoint. @throws StoreError E_NOT_FOUND */
async function storeOfCheckpoint(call: CommandCall, chosen: ChosenStores, id: string): Promise<StoreTarget> {
  for (const target of chosen.targets) {
    if (chosen.host.fs.lstat(target.indexPath) === undefined) continue;
    // oxlint-disable-next-line no-await-in-loop -- the first store that has it ends the loop
    const found = await atDesk(call, { chosen, target, reads: true }, (desk) => desk.list());
    if (found.some((checkpoint) => checkpoint.id === id)) return target;
  }
  throw new StoreError("E_NOT_FOUND", `There is no checkpoint ${JSON.stringify(id)}. Nothing was changed.`, {
    hint: "`sessionsmith checkpoint list` shows those that there are.",
    details: { checkpoint: id },
  });
}

async function runList(call: CommandCall, host: Host, word: string | undefined): Promise<ExitStatus> {
  const { io } = call;
  const chosen = word === undefined ? chooseStores(call, host) : chooseForSession(call, host, word);
  const only = word === undefined ? undefined : requireOneSession(word, findInStores(chosen, { text: word }));
  const stores = [];
  for (const target of only === undefined ? chosen.targets : [only.target]) {
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    const checkpoints = await atDesk(call, { chosen, target, reads: true }, (desk) =>
      desk.list(only?.row.key),
    );
    stores.push({ agentId: target.agentId, path: target.indexPath, checkpoints });
  }
  if (outputView(call.options, io).json) writeJson({ stores }, io.stdout);
  else
    io.stdout(
      `${stores
        .flatMap(({ checkpoints }) => listLines(checkpoints))
        .map(safeText)
        .join("\n")}\n`,
    );
  return 0;
}

function listLines(checkpoints: readonly Checkpoint[]): readonly string[] {
  if (checkpoints.length === 0) return ["No checkpoints found."];
  return checkpoints.map((checkpoint) => {
    const { id, key, name, createdAt } = checkpoint;
    return `${id}  ${new Date(createdAt).toISOString()}  ${key}  ${name} (${counted(checkpoint.messageCount, "message")})`;
  });
}

/** Works with the checkpoints of a store, unless a gateway is running on it. Looking at them changes nothing. */
async function atDesk<T>(
  call: CommandCall,
  {
    chosen,
    target,
    reads = false,
  }: { readonly chosen: ChosenStores; readonly target: StoreTarget; readonly reads?: boolean },
  work: (desk: CheckpointDesk) => Promise<T>,
): Promise<T> {
  const { io, options } = call;
  return io.interruptible(async (signal) => {
    const desk = await openCheckpointDesk({
      host: nodeEngineHost(chosen.host),
      storePath: target.indexPath,
      keyring: readKeyringIfGiven(call, chosen.host),
      lockTimeoutMs,
      signal,
      dryRun: reads || options.flag(previewOption) === true,
      guard: (snapshot) => requireNoGateway(snapshot, { ...chosen, io }, gatewayHint),
    });
    try {
      return await work(desk);
    } finally {
      await desk.close();
    }
  });
}

function tell(
  call: CommandCall,
  { checkpoint, operationId }: Pick<CheckpointReport, "checkpoint" | "operationId">,
  text: (dryRun: boolean) => string,
): ExitStatus {
  const { io, options } = call;
  const dryRun = options.flag(previewOption) === true;
  const report: CheckpointReport = { ok: true, dryRun, operationId, checkpoint };
  if (outputView(options, io).json) {
    writeJson(report, io.stdout);
    return 0;
  }
  const lines = [text(dryRun)];
  if (dryRun) lines.push("Nothing was changed (--dry-run).");
  else if (operationId !== null)
    lines.push(`Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`);
  io.stdout(`${lines.map(safeText).join("\n")}\n`);
  return 0;
}
