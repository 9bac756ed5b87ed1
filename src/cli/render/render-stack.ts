import type { Colors } from 'picocolors/types.js';
import type { StackDescription } from '../../local/describe-stack.js';
import type { PartStatus } from '../../local/part-status.js';
import type { Stack } from '../../local/start-stack.js';
import { formatBytes } from './format-bytes.js';
import { formatDuration } from './format-duration.js';
import { renderTable } from './render-table.js';

/** State, parts and addresses of the embedded stack, and how to delete what it keeps. */
export function renderStack(stack: StackDescription, colors: Colors): string[] {
  const { state, stateDir, uptimeMs, temporalUiUrl, deleteCommand } = stack;
  if (state === 'never-started') return ['no stack was started here yet', 'start it: receta up'];
  const isUp = stack.supervisor !== null;
  const lines = [`stack ${colorState(state, colors)}`];
  if (uptimeMs !== null) lines[0] += ` for ${formatDuration(uptimeMs)}`;
  if (state === 'crashed') lines.push('its supervisor is gone; clean up: receta down');
  if (isUp) lines.push('', ...renderParts(stack.parts, colors), '');
  if (temporalUiUrl !== null) lines.push(`Temporal UI: ${temporalUiUrl}`);
  if (isUp) lines.push('stop it: receta down');
  lines.push(`state folder: ${stateDir}, ${formatBytes(stack.sizeBytes)}`);
  lines.push(`delete it with all runs and models, once stopped: ${deleteCommand}`);
  return lines;
}

/** What is said when a stack in the foreground is ready. */
export function renderReadyStack(
  stack: Pick<Stack, 'connection' | 'parts'>,
  colors: Colors,
): string[] {
  const { temporal } = stack.connection;
  const lines = [`stack ${colorState('ready', colors)}`, '', ...renderParts(stack.parts(), colors)];
  if (temporal !== null && temporal.uiUrl !== null)
    lines.push('', `Temporal UI: ${temporal.uiUrl}`);
  return lines;
}

function renderParts(
  parts: readonly Pick<PartStatus, 'name' | 'state' | 'pid' | 'restarts' | 'url'>[],
  colors: Colors,
): string[] {
  return renderTable(
    [
      { title: 'part' },
      { title: 'state' },
      { title: 'pid', align: 'right' },
      { title: 'restarts', align: 'right' },
      { title: 'address' },
    ],
    parts.map((part) => [
      part.name,
      colorState(part.state, colors),
      part.pid === null ? '-' : String(part.pid),
      String(part.restarts),
      part.url ?? '-',
    ]),
  );
}

function colorState(state: string, colors: Colors): string {
  if (state === 'ready') return colors.green(state);
  return state === 'crashed' ? colors.red(state) : state;
}

/** One line for a change of a part: `minio ready at http://127.0.0.1:9000`. */
export function renderPartChange({
  name,
  state,
  url,
  lastExit,
}: Pick<PartStatus, 'name' | 'state' | 'url' | 'lastExit'>): string {
  if (state === 'ready') return url === null ? `${name} ready` : `${name} ready at ${url}`;
  if (state === 'external') return `${name}: using ${url ?? 'a server that was there before'}`;
  if (state === 'restarting') return `${name} ended (${lastExit ?? 'unknown'}), starting it again`;
  return `${name} ${state}`;
}
