/** Lets work on one session go on side by side, or one after the other. */
export interface Gate {
  /** Works beside other shared work, after exclusive work that was asked for earlier. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Works alone: after all that was asked for earlier, before all that is asked for later. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** Gates by name; one without work is forgotten. */
export interface Gates {
  of(name: string): Gate;
  /** Resolves when all work is over that was asked for so far. */
  idle(): Promise<void>;
}

interface State {
  /** Settled when the last exclusive work is over. */
  exclusive: Promise<unknown>;
  /** Shared work since then. */
  shared: Promise<unknown>[];
  pending: number;
}

/** Makes gates for the work of one process. */
export function makeGates(): Gates {
  const states = new Map<string, State>();
  const stateOf = (name: string): State => {
    const state = states.get(name) ?? { exclusive: Promise.resolve(), shared: [], pending: 0 };
    states.set(name, state);
    return state;
  };
  const enter = <T>(name: string, state: State, work: Promise<T>): Promise<T> => {
    state.pending += 1;
    const leave = async () => {
      await Promise.allSettled([work]);
      state.pending -= 1;
      if (state.pending === 0 && states.get(name) === state) states.delete(name);
    };
    void leave();
    return work;
  };
  const gateOf = (name: string): Gate => ({
    shared: (work) => {
      const state = stateOf(name);
      const mine = state.exclusive.then(work);
      state.shared.push(Promise.allSettled([mine]));
      return enter(name, state, mine);
    },
    exclusive: (work) => {
      const state = stateOf(name);
      const earlier = Promise.all([state.exclusive, ...state.shared]);
      const mine = earlier.then(work);
      state.exclusive = Promise.allSettled([mine]);
      state.shared = [];
      return enter(name, state, mine);
    },
  });
  return {
    of: gateOf,
    idle: async () => {
      await Promise.all([...states.values()].flatMap(({ exclusive, shared }) => [exclusive, ...shared]));
    },
  };
}
