import { dirname } from "node:path";
import { checkOwnSetting, effectiveSettings, isOwnSetting, ownSettingsPath } from "@sessionsmith/core";
import type { EffectiveSetting, JsonValue } from "@sessionsmith/core";
import { changeSetting } from "@sessionsmith/sessions/change";
import { runChange } from "../change-call.ts";
import { chooseStores, readState } from "../choose-stores.ts";
import type { State } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { nearestMatch } from "../nearest-match.ts";
import { showOriginOption } from "../options/config-options.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { reportFindings } from "../report-findings.ts";
import { UsageError } from "../usage-error.ts";

/** Runs `sessionsmith config`. */
export const runConfig: CommandHandler = async (call) => {
  const { io } = call;
  const state = readState(call, await io.loadHost());
  const settings = effectiveSettings(state.host, state.settings.path, state.stateDir);
  const [key, text] = call.arguments;
  if (key === undefined) return showAll(call, state, settings);
  const setting = requireSetting(key, settings);
  return text === undefined ? showOne(call, state, setting) : writeOne(call, state, { setting, text });
};

function showAll(call: CommandCall, state: State, settings: readonly EffectiveSetting[]): ExitStatus {
  const { io, options } = call;
  const view = outputView(options, io);
  if (view.json) writeJson({ settings: settings.map(settingJson) }, io.stdout);
  else {
    const withOrigin = options.flag(showOriginOption) === true;
    const lines = settings.map((setting) => {
      const { source, origin } = setting;
      return `${setting.spec.path} = ${valueText(setting.value)} (${withOrigin ? (origin ?? source) : source})`;
    });
    io.stdout(`${lines.map(safeText).join("\n")}\n`);
  }
  reportFindings(state.settings.findings, view, io);
  return 0;
}

function showOne(call: CommandCall, state: State, setting: EffectiveSetting): ExitStatus {
  const { io, options } = call;
  const view = outputView(options, io);
  const origin = options.flag(showOriginOption) === true ? ` (${setting.origin ?? setting.source})` : "";
  if (view.json) writeJson(settingJson(setting), io.stdout);
  else io.stdout(`${safeText(`${valueText(setting.value)}${origin}`)}\n`);
  reportFindings(state.settings.findings, view, io);
  return 0;
}

async function writeOne(
  call: CommandCall,
  { settings, stateDir }: State,
  { setting, text }: { readonly setting: EffectiveSetting; readonly text: string },
): Promise<ExitStatus> {
  const { path } = setting.spec;
  if (!isOwnSetting(setting.spec))
    throw new UsageError(`${path} belongs to openclaw.json`, "Change it there; OpenClaw reads it too.");
  const value = parseValue(text);
  const expected = checkOwnSetting(setting.spec, value);
  if (expected !== undefined) throw new UsageError(`${path} can't be "${text}": expected ${expected}`);
  const chosen = chooseStores(call, await call.io.loadHost());
  const [target] = chosen.targets;
  if (target === undefined) throw new UsageError("there is no store to keep the operation in");
  const file = ownSettingsPath(settings.path === undefined ? stateDir : dirname(settings.path));
  return runChange(call, {
    chosen,
    target,
    guarded: false,
    work: (scope, options) => changeSetting(scope, { file, path, value }, options),
    text: () => [`${path} = ${valueText(value)} in ${file} (it was ${valueText(setting.value)}).`],
  });
}

function requireSetting(key: string, settings: readonly EffectiveSetting[]): EffectiveSetting {
  const found = settings.find(({ spec }) => spec.path === key);
  if (found !== undefined) return found;
  const names = settings.map(({ spec }) => spec.path);
  const near = nearestMatch(key, names);
  throw new UsageError(
    `there is no setting "${key}"`,
    near === undefined ? "`sessionsmith config` lists them." : `Did you mean ${near}?`,
  );
}

/** Numbers and words of JSON are what they say; everything else is text. */
function parseValue(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function valueText(value: JsonValue): string {
  if (value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function settingJson({ spec, value, source, origin }: EffectiveSetting): object {
  return { key: spec.path, value, source, origin: origin ?? null };
}
