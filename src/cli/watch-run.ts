import { RecetaError } from '../contract/errors.js';
import type { RunDescription } from '../contract/run-description.js';
import type { CliClient, CliDependencies } from './cli-dependencies.js';
import { LiveDisplay } from './live-display.js';
import type { Output } from './output.js';
import { describeChanges } from './render/describe-changes.js';
import { renderProgress } from './render/render-progress.js';

const pollIntervalMs = 500;

type WatchDependencies = Pick<CliDependencies, 'stderr' | 'nowMs' | 'sleep' | 'onInterrupt'>;

/**
 * Follows a run on stderr until it is finished; `null` when the user detached with Ctrl-C. The run itself
 * does not depend on being watched, so services that are away for a while are waited for.
 */
export async function watchRun(
  runId: string,
  client: Pick<CliClient, 'describeRun'>,
  output: Output,
  dependencies: WatchDependencies,
): Promise<RunDescription | null> {
  const detached = new AbortController();
  const stopListening = dependencies.onInterrupt(() => detached.abort());
  const view = output.live ? createLiveView(output, dependencies) : createLineView(output);
  try {
    while (!detached.signal.aborted) {
      const look = await lookAtRun(runId, client);
      view.show(look);
      if (look.run?.state === 'finished') return look.run;
      await dependencies.sleep(pollIntervalMs, detached.signal);
    }
    return null;
  } finally {
    view.close();
    stopListening();
  }
}

interface Look {
  readonly run: RunDescription | null;
  readonly notice: string | null;
}

async function lookAtRun(runId: string, client: Pick<CliClient, 'describeRun'>): Promise<Look> {
  try {
    return { run: await client.describeRun(runId), notice: null };
  } catch (error) {
    if (!(error instanceof RecetaError) || error.kind !== 'unavailable') throw error;
    return { run: null, notice: `${error.message}; the run goes on, trying again` };
  }
}

interface View {
  show(look: Look): void;
  close(): void;
}

function createLiveView(output: Output, { stderr, nowMs }: WatchDependencies): View {
  const display = new LiveDisplay(stderr);
  let last: RunDescription | null = null;
  return {
    show: ({ run, notice }) => {
      last = run ?? last;
      if (last === null) display.show(notice === null ? [] : [notice]);
      else
        display.show(renderProgress(last, { nowMs: nowMs(), colors: output.noteColors, notice }));
    },
    close: () => display.clear(),
  };
}

function createLineView(output: Output): View {
  let last: RunDescription | null = null;
  let lastNotice: string | null = null;
  return {
    show: ({ run, notice }) => {
      if (run !== null) {
        output.note(describeChanges(last, run));
        last = run;
      } else if (notice !== null && notice !== lastNotice) {
        output.note([notice]);
      }
      lastNotice = notice;
    },
    close: () => undefined,
  };
}
