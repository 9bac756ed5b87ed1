import type { Colors } from 'picocolors/types.js';
import type { LogLine } from '../../contract/log-line.js';

/** One line of a run's log: time, place and message. */
export function renderLogLine(line: LogLine, colors: Colors): string {
  const trial = line.trial === null ? '' : `/${line.trial}`;
  const attempt = line.attempt > 1 ? ` (attempt ${line.attempt})` : '';
  const place = `${line.step}${trial}${attempt}`;
  return `${colors.dim(line.time)} ${place}: ${colorMessage(line, colors)}`;
}

function colorMessage({ level, message }: LogLine, colors: Colors): string {
  if (level === 'error') return colors.red(`error: ${message}`);
  return level === 'warn' ? colors.yellow(`warning: ${message}`) : message;
}
