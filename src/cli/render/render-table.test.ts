import { describe, expect, it } from 'vitest';
import { renderTable } from './render-table.js';

describe('renderTable', () => {
  it('aligns columns under their titles and leaves no blanks at the end of a line', () => {
    const lines = renderTable(
      [{ title: 'step' }, { title: 'duration', align: 'right' }, { title: 'summary' }],
      [
        ['download', '0.4 s', '13.5 kB'],
        ['tune', '12.0 s', ''],
      ],
    );
    expect(lines).toEqual([
      'step      duration  summary',
      'download     0.4 s  13.5 kB',
      'tune        12.0 s',
    ]);
  });

  it('does not count color sequences as width', () => {
    const lines = renderTable(
      [{ title: 'a' }, { title: 'b' }],
      [
        ['\u001b[32mok\u001b[39m', 'x'],
        ['failed', 'y'],
      ],
    );
    expect(lines[1]).toBe('\u001b[32mok\u001b[39m      x');
    expect(lines[2]).toBe('failed  y');
  });

  it('never cuts a long cell', () => {
    const long = 'x'.repeat(500);
    expect(renderTable([{ title: 'a' }], [[long]])[1]).toBe(long);
  });

  it('prints the titles alone when there are no rows', () => {
    expect(renderTable([{ title: 'run' }, { title: 'state' }], [])).toEqual(['run  state']);
  });
});
