import { describe, expect, it } from 'vitest';
import { LiveDisplay } from './live-display.js';

function createStream(columns: number, rows: number) {
  const written: string[] = [];
  return { isTTY: true, columns, rows, written, write: (text: string) => void written.push(text) };
}

describe('LiveDisplay', () => {
  it('goes up over what it showed before and erases it', () => {
    const stream = createStream(80, 24);
    const display = new LiveDisplay(stream);
    display.show(['a', 'b']);
    display.show(['c']);
    display.clear();
    expect(stream.written).toEqual(['a\nb\n', '\u001b[2A\u001b[0Jc\n', '\u001b[1A\u001b[0J']);
  });

  it('never draws more than the terminal holds, so that it can find its way back', () => {
    const stream = createStream(4, 3);
    new LiveDisplay(stream).show(['one', 'second', 'three']);
    expect(stream.written).toEqual(['sec…\nthr…\n']);
  });
});
