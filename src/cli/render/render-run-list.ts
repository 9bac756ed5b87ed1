import type { Colors } from 'picocolors/types.js';
import type { RunDescription } from '../../contract/run-description.js';
import { formatDuration } from './format-duration.js';
import { renderTable } from './render-table.js';

/** A page of runs, one a line. */
export function renderRunList(runs: readonly RunDescription[], colors: Colors): string[] {
  if (runs.length === 0) return ['no runs yet (start one: receta run pipeline.yaml)'];
  return renderTable(
    [
      { title: 'run' },
      { title: 'state' },
      { title: 'started' },
      { title: 'duration', align: 'right' },
      { title: 'model' },
    ],
    runs.map((run) => [
      run.runId,
      colorState(run, colors),
      run.startedAt.replace(/\.\d+Z$/, 'Z'),
      run.durationMs === null ? '-' : formatDuration(run.durationMs),
      run.model === null ? '-' : `${run.model.model} version ${run.model.version}`,
    ]),
  );
}

function colorState(run: RunDescription, colors: Colors): string {
  if (run.outcome === 'succeeded') return colors.green(run.outcome);
  if (run.outcome === 'failed') return colors.red(run.outcome);
  return run.outcome ?? run.state;
}
