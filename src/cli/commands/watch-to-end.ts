import type { Connection } from '../cli-dependencies.js';
import type { CommandContext } from '../command-context.js';
import { outcomeToExitCode } from '../error-to-exit-code.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { renderNextSteps } from '../render/render-next-steps.js';
import { renderRunSummary } from '../render/render-run-summary.js';
import { toTemporalUiUrl } from '../temporal-ui-url.js';
import { watchRun } from '../watch-run.js';

/** Follows a run to its end and prints what came of it; the exit code tells the outcome. */
export async function watchToEnd(
  runId: string,
  connection: Connection,
  { output, dependencies }: CommandContext,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const run = await watchRun(runId, connection.client, output, dependencies);
  if (run === null) {
    output.note([
      `detached; the run goes on. Watch it again: receta runs show ${runId} --watch`,
      `stop it: receta runs cancel ${runId}`,
    ]);
    return exitCodes.interrupted;
  }
  if (options.json) {
    output.printJson(run);
  } else {
    const { temporalUiUrl, temporalNamespace, api } = connection;
    const uiUrl =
      temporalUiUrl === null ? null : toTemporalUiUrl(temporalUiUrl, temporalNamespace, runId);
    const example =
      run.outcome === 'succeeded' ? await connection.client.readPredictionExample(runId) : null;
    const next = renderNextSteps(run, { api, uiUrl }, example);
    output.print([...renderRunSummary(run, output.colors), '', ...next]);
  }
  return run.outcome === null ? exitCodes.internal : outcomeToExitCode(run.outcome);
}
