import { expect, test } from 'vitest';
import { formatElapsed, Progress } from './progress.mjs';

test('off a terminal there is one line at the start and one at the end', () => {
  let written = '';
  let nowMs = 0;
  const progress = new Progress({ write: (text: string) => (written += text) }, () => nowMs);
  const line = progress.start('MinIO', 'starting');
  line.update('building');
  line.update('building (12 packages so far)');
  nowMs = 2_500;
  line.done('built');

  expect(written).toBe('MinIO                building ...\nMinIO                built (2.5 s)\n');
});

test('on a terminal running lines are redrawn in place and cut to its width', () => {
  let written = '';
  const stream = { isTTY: true, columns: 40, write: (text: string) => (written += text) };
  const line = new Progress(stream, () => 0).start('MinIO', 'starting');
  written = '';
  line.done('x'.repeat(10));

  expect(written).toBe(`\u001b[1A\u001b[0JMinIO                ${'x'.repeat(10)} (0.0 s)\n`);
});

test.each([
  [400, '0.4 s'],
  [59_900, '59.9 s'],
  [313_200, '5 min 13 s'],
])('%d ms read as %s', (ms, text) => {
  expect(formatElapsed(ms)).toBe(text);
});
