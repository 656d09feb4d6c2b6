import { readEra, StoreError } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { createChatCommands, createSessionManager } from "@sessionsmith/sessions/manager";
import { scanForChange } from "@sessionsmith/sessions/change";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { channelOption, scopeOption, userOption } from "../options/manager-options.ts";
import { outputView } from "../output-view.ts";
import { readKeyTextIfGiven } from "../read-keyring.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { safeLines } from "../render/safe-text.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { UsageError } from "../usage-error.ts";

const gatewayHint = "Stop the gateway: the commands of a bot go to the bot's own store.";

/** Runs `sessionsmith chat-command`. */
export const runChatCommand: CommandHandler = async (call) => {
  const { io, options } = call;
  const [line = ""] = call.arguments;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const [target, second] = chosen.targets;
  if (target === undefined || second !== undefined)
    throw new UsageError("chat-command works on one store: name it with --store or --agent");
  await requireFree(call, chosen);
  const scope = options.value(scopeOption);
  const encryptionKey = readKeyTextIfGiven(call, chosen.host);
  const manager = createSessionManager({
    host: nodeEngineHost(chosen.host),
    storePath: target.indexPath,
    agentId: target.agentId,
    lockTimeoutMs,
    ...(scope === undefined ? {} : { scope }),
    ...(encryptionKey === undefined ? {} : { encryptionKey }),
  });
  const author = {
    userId: options.value(userOption) ?? "user",
    channelId: options.value(channelOption) ?? "cli",
  };
  const reply = await createChatCommands(manager).handle(line, author);
  await manager.close();
  if (reply === undefined)
    throw new UsageError(
      "this line is no chat command: a bot would give it to the model",
      "See `sessionsmith chat-command --help`.",
    );
  if (view.json) writeJson(reply, io.stdout);
  else io.stdout(`${safeLines(reply.text)}\n`);
  return reply.ok ? 0 : 2;
};

/** A store that is not there yet is made; nobody works on that. @throws StoreError E_LOCKED */
async function requireFree({ io }: CommandCall, chosen: ChosenStores): Promise<void> {
  const { host, settings, stateDir, now, targets } = chosen;
  const [target] = targets;
  if (target === undefined) throw new StoreError("E_NOT_FOUND", "There is no store.");
  if (host.fs.lstat(target.indexPath) === undefined && readEra(host.fs, target).era === "empty") return;
  const scope = { host: nodeEngineHost(host), settings, stateDir, target };
  await requireNoGateway(scanForChange(scope, now), { ...chosen, io }, gatewayHint);
}
