import type { Colors } from 'picocolors/types.js';
import type { StepProgress, StepState } from '../../contract/run-status.js';
import { formatDuration } from './format-duration.js';
import { renderCacheNote } from './render-cache-note.js';
import { renderTable } from './render-table.js';

/** Steps of a run with state, duration and what they found. */
export function renderSteps(steps: readonly StepProgress[], colors: Colors): string[] {
  return renderTable(
    [
      { title: 'step' },
      { title: 'state' },
      { title: 'duration', align: 'right' },
      { title: 'summary' },
      { title: 'cache' },
    ],
    steps.map((step) => [
      step.name,
      colorState(step.state, colors),
      step.durationMs === null ? '-' : formatDuration(step.durationMs),
      step.summary ?? '',
      step.cache === null ? '' : renderCacheNote(step.cache),
    ]),
  );
}

function colorState(state: StepState, colors: Colors): string {
  if (state === 'succeeded') return colors.green(state);
  if (state === 'failed') return colors.red(state);
  if (state === 'cancelled') return colors.yellow(state);
  return state;
}
