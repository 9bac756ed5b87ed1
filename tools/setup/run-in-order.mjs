/**
 * A piece of work that waits for the ones it needs; of one lane only one runs at a time, in the order given.
 *
 * @typedef {{name: string, needs: readonly string[], lane?: string}} Step
 */

/**
 * Runs steps beside each other as far as their needs and lanes allow. A need that is not among the steps counts as
 * met. After the first failure nothing more is started, `onFailure` is called, and the promise rejects with that
 * failure when everything in flight has ended.
 *
 * @template {Step} S
 * @param {readonly S[]} steps
 * @param {(step: S) => Promise<void>} run
 * @param {(error: unknown) => void} [onFailure]
 * @returns {Promise<void>}
 */
export async function runInOrder(steps, run, onFailure) {
  /** @type {Set<S>} */
  const waiting = new Set(steps);
  /** @type {Map<S, Promise<void>>} */
  const running = new Map();
  /** @type {{error: unknown} | null} */
  let failure = null;

  while (running.size > 0 || (waiting.size > 0 && failure === null)) {
    for (const step of failure === null ? startable(waiting, running) : []) {
      waiting.delete(step);
      const ended = run(step)
        .catch((error) => {
          if (failure !== null) return;
          failure = { error };
          onFailure?.(error);
        })
        .finally(() => running.delete(step));
      running.set(step, ended);
    }
    if (running.size === 0 && waiting.size > 0 && failure === null) {
      throw new Error(`Steps need each other: ${[...waiting].map(({ name }) => name).join(', ')}.`);
    }
    await Promise.race(running.values());
  }
  if (failure !== null) throw /** @type {{error: unknown}} */ (failure).error;
}

/**
 * @template {Step} S
 * @param {Set<S>} waiting
 * @param {Map<S, unknown>} running
 * @returns {S[]}
 */
function startable(waiting, running) {
  const unfinished = new Set([...waiting, ...running.keys()].map(({ name }) => name));
  const lanes = new Set([...running.keys()].map(({ lane }) => lane));
  return [...waiting].filter(({ needs, lane }) => {
    if (needs.some((need) => unfinished.has(need))) return false;
    if (lane === undefined) return true;
    if (lanes.has(lane)) return false;
    lanes.add(lane);
    return true;
  });
}
