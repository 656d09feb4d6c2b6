import { requireJsonEra, scanStore } from "@sessionsmith/core";
import type { IndexRow, StoreSnapshot, StoreTarget } from "@sessionsmith/core";
import { listTrash, nodeEngineHost } from "@sessionsmith/core/engine";
import type { EngineHost } from "@sessionsmith/core/engine";
import {
  encryptionRecipes,
  findClearCopies,
  findSessions,
  planEncryption,
  sessionNotFound,
} from "@sessionsmith/sessions";
import type { EncryptionTask, PlannedEncryption, RecipeKeys } from "@sessionsmith/sessions";
import { applyWithProgress } from "../apply-with-progress.ts";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { forEachStore } from "../for-each-store.ts";
import { forceEncryptOption, rotateOption, withoutSealOption } from "../options/key-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import type { OutputView } from "../output-view.ts";
import { readKeyring } from "../read-keyring.ts";
import { recoverFirst, tellRecovered } from "../recover-first.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { requireForeignStore } from "../require-foreign-store.ts";
import { encryptedStore, writeEncryption } from "./encryption-report.ts";
import type { EncryptedStore } from "./encryption-report.ts";

/** Runs `sessionsmith encrypt`. */
export const runEncrypt: CommandHandler = async (call) => {
  const host = await call.io.loadHost();
  const keyring = readKeyring(call, host);
  if (call.options.flag(rotateOption) !== true)
    return runTask(call, { task: { task: "encrypt", keyring }, keys: { key: () => keyring } });
  const newKeyring = readKeyring(call, host, "newKey");
  const keys = { key: () => keyring, newKey: () => newKeyring };
  return runTask(call, { task: { task: "rotate", keyring, newKeyring }, keys });
};

/** Runs `sessionsmith decrypt`. */
export const runDecrypt: CommandHandler = async (call) => {
  const keyring = readKeyring(call, await call.io.loadHost());
  const withoutSeal = call.options.flag(withoutSealOption) === true;
  return runTask(call, { task: { task: "decrypt", keyring, withoutSeal }, keys: { key: () => keyring } });
};

interface Order {
  readonly task: EncryptionTask;
  readonly keys: RecipeKeys;
}

interface Run extends Order {
  readonly call: CommandCall;
  readonly chosen: ChosenStores;
  readonly engine: EngineHost;
  readonly view: OutputView;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

async function runTask(call: CommandCall, order: Order): Promise<ExitStatus> {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  if (order.task.task === "encrypt" && options.flag(forceEncryptOption) !== true)
    for (const target of chosen.targets) requireForeignStore(chosen, target);
  const engine = nodeEngineHost(chosen.host);
  const dryRun = options.flag(previewOption) === true;
  const results = await io.interruptible((signal) =>
    forEachStore(chosen, (target) =>
      convertStore(target, { ...order, call, chosen, engine, view, dryRun, signal }),
    ),
  );
  requireSomeSession(call, results);
  const { task } = order.task;
  return writeEncryption({ task, dryRun, results, leftOut: chosen.leftOut }, { io, view });
}

async function convertStore(target: StoreTarget, run: Run): Promise<EncryptedStore> {
  const { call, chosen, engine, keys, view, dryRun, signal, task } = run;
  const { io } = call;
  let seen = look(target, run);
  if (!dryRun) {
    const hint = "Stop the gateway, then run the command again.";
    if (stepsOf(seen) > 0) await requireNoGateway(seen.snapshot, { ...chosen, io }, hint);
    if ((await recoverFirst(engine, seen.snapshot.realDir, io)).length > 0) seen = look(target, run);
  }
  const again = () => {
    seen = look(target, run);
    return seen.planned.plan;
  };
  const applied = dryRun
    ? undefined
    : await applyWithProgress(engine, seen.planned.plan, {
        io,
        view,
        what: `${workWords[task.task]} ${target.agentId}`,
        replan: again,
        signal,
        recipes: encryptionRecipes(keys),
      });
  if (applied !== undefined) tellRecovered(applied.recovered, io);
  const { snapshot, planned } = seen;
  const trash = listTrash(engine.fs, snapshot.realDir);
  const copies =
    task.task === "encrypt"
      ? findClearCopies(chosen.host.fs, snapshot, { results: planned.results, trash })
      : { files: [], fields: [] };
  return encryptedStore(target, { results: planned.results, copies, applied });
}

const workWords = { encrypt: "encrypting", decrypt: "decrypting", rotate: "changing the key of" } as const;

interface Seen {
  readonly snapshot: StoreSnapshot;
  readonly planned: PlannedEncryption;
}

function look(target: StoreTarget, { call, chosen, task }: Run): Seen {
  const { host, now, settings } = chosen;
  requireJsonEra(host, target);
  const snapshot = scanStore(host, target, { nowMs: now });
  const [text] = call.arguments;
  const sought =
    text === undefined
      ? snapshot.rows.map(({ row }) => row)
      : findSessions([{ target, document: snapshot.document }], { text }, settings).map(({ row }) => row);
  const rows: ReadonlySet<IndexRow> = new Set(sought);
  return {
    snapshot,
    planned: planEncryption(host, snapshot, { ...task, now, selects: (row) => rows.has(row) }),
  };
}

function stepsOf({ planned }: Seen): number {
  return planned.plan.parts.reduce((sum, { steps }) => sum + steps.length, 0);
}

/** A word that means no session in any of the stores is a mistake. @throws StoreError E_NOT_FOUND */
function requireSomeSession(
  call: CommandCall,
  results: Awaited<ReturnType<typeof forEachStore<EncryptedStore>>>,
): void {
  const [text] = call.arguments;
  const isFound = results.some((result) => result.state !== "done" || result.value.sessions.length > 0);
  if (text !== undefined && !isFound) throw sessionNotFound(text);
}
