import { assert, array, asyncProperty, constantFrom, integer, oneof, record, constant } from "fast-check";
import { expect, test } from "vitest";
import type { SessionManager } from "../../src/manager/session-manager.ts";
import { managedStore, type ManagedStore } from "./managed-store.ts";

const users = ["ann", "Ann", "bob"] as const;
const idleMinutes = 30;
const minute = 60_000;

/** What a manager keeps, as simple as can be. */
interface Model {
  readonly sessions: Map<string, { texts: readonly string[]; activeAt: number; generation: number }>;
  readonly checkpoints: Map<string, { readonly user: string; readonly texts: readonly string[] }>;
}

interface World {
  readonly store: ManagedStore;
  manager: SessionManager;
  readonly model: Model;
}

const open = (store: ManagedStore) => store.open({ idleResetMinutes: idleMinutes });
const address = (userId: string) => ({ userId, channelId: "c" });

/** The model's session of a user, begun anew if it was idle for too long. */
function present({ model, store }: World, user: string) {
  const now = store.clock.nowMs;
  const known = model.sessions.get(user);
  if (known !== undefined && now < known.activeAt + idleMinutes * minute) return known;
  const begun = { texts: [], activeAt: now, generation: (known?.generation ?? 0) + 1 };
  model.sessions.set(user, begun);
  return begun;
}

type Act = (world: World, user: string, n: number) => Promise<void>;

/** Does something to both, and lets the idle session give way first. */
const acts: Readonly<Record<string, Act>> = {
  add: async (world, user, n) => {
    const { id: sessionId } = await world.manager.getOrCreateSession(address(user));
    const session = present(world, user);
    const content = `${user} ${n}`;
    const role = n % 2 === 0 ? "user" : "system";
    await world.manager.addMessage({ sessionId, role, content, important: n % 3 === 0 });
    world.model.sessions.set(user, {
      ...session,
      texts: [...session.texts, content],
      activeAt: world.store.clock.nowMs,
    });
  },
  clear: async (world, user) => {
    const { id } = await world.manager.getOrCreateSession(address(user));
    const session = present(world, user);
    await world.manager.clearHistory(id);
    world.model.sessions.set(user, { ...session, texts: [] });
  },
  reset: async (world, user) => {
    await world.manager.getOrCreateSession(address(user));
    const session = present(world, user);
    await world.manager.reset(address(user));
    const activeAt = world.store.clock.nowMs;
    world.model.sessions.set(user, { texts: [], activeAt, generation: session.generation + 1 });
  },
  save: async (world, user, n) => {
    const { id: sessionId } = await world.manager.getOrCreateSession(address(user));
    const { texts } = present(world, user);
    const { id, messageCount } = await world.manager.saveCheckpoint({ sessionId, name: `c${n}` });
    expect(messageCount).toBe(texts.length);
    world.model.checkpoints.set(id, { user, texts });
  },
  restore: async (world, _user, n) => {
    const [id, checkpoint] = [...world.model.checkpoints][n % world.model.checkpoints.size] ?? [];
    if (id === undefined || checkpoint === undefined) return;
    const known = world.model.sessions.get(checkpoint.user);
    await world.manager.restoreCheckpoint(id);
    // A session that was removed begins with it.
    const session = known ?? { activeAt: world.store.clock.nowMs, generation: 1 };
    world.model.sessions.set(checkpoint.user, { ...session, texts: checkpoint.texts });
  },
  deleteCheckpoint: async (world, _user, n) => {
    const [id] = [...world.model.checkpoints.keys()].slice(n % (world.model.checkpoints.size + 1));
    if (id === undefined) return;
    await world.manager.deleteCheckpoint(id);
    world.model.checkpoints.delete(id);
  },
  cleanup: async (world) => {
    const before = world.store.clock.nowMs - 45 * minute;
    const { kept } = await world.manager.cleanup({ olderThan: "45m" });
    for (const [user, { activeAt }] of world.model.sessions)
      if (activeAt < before) world.model.sessions.delete(user);
    expect(kept).toBe(world.model.sessions.size);
  },
  wait: async ({ store }, _user, n) => {
    store.clock.nowMs += (n % 25) * minute;
  },
  restart: async (world, _user, n) => {
    // Now and then without saying good-bye.
    if (n % 2 === 0) await world.manager.close();
    world.manager = open(world.store);
  },
};

/** Compares all that can be seen, without letting an idle session give way. */
async function compare({ manager, model }: World): Promise<void> {
  for (const user of users) {
    // oxlint-disable-next-line no-await-in-loop -- one user after the other
    const session = await manager.findSession(address(user));
    const expected = model.sessions.get(user);
    expect(session === undefined).toBe(expected === undefined);
    if (session === undefined || expected === undefined) continue;
    // oxlint-disable-next-line no-await-in-loop
    const history = await manager.getHistory(session.id, { limit: 1000 });
    const told = [history.map(({ content }) => content), session.messageCount, session.lastActivityAt];
    expect(told).toEqual([expected.texts, expected.texts.length, expected.activeAt]);
    // oxlint-disable-next-line no-await-in-loop
    const checkpoints = await manager.listCheckpoints(session.id);
    const own = [...model.checkpoints].filter(([, checkpoint]) => checkpoint.user === user);
    expect(new Set(checkpoints.map(({ id }) => id))).toEqual(new Set(own.map(([id]) => id)));
  }
}

test("history after any sequence of operations is that of a simple model", { timeout: 120_000 }, async () => {
  const act = record({
    name: oneof(constant("add"), constantFrom(...Object.keys(acts))),
    user: constantFrom(...users),
    n: integer({ min: 0, max: 100 }),
  });
  await assert(
    asyncProperty(array(act, { maxLength: 25, size: "max" }), async (steps) => {
      const store = managedStore();
      const world: World = {
        store,
        manager: open(store),
        model: { sessions: new Map(), checkpoints: new Map() },
      };
      for (const { name, user, n } of steps) {
        // oxlint-disable-next-line no-await-in-loop -- one step after the other
        await acts[name]?.(world, user, n);
        // oxlint-disable-next-line no-await-in-loop
        await compare(world);
      }
    }),
    { numRuns: 30 },
  );
});
