import { describe, expect, it } from 'vitest';
import { decideColor, decideLiveDisplay } from './decide-color.js';

const terminal = { isTTY: true, noColor: false, forceColor: false, term: 'xterm-256color' };

describe('decideColor', () => {
  it('colors a terminal and nothing else', () => {
    expect(decideColor(terminal)).toBe(true);
    expect(decideColor({ ...terminal, isTTY: false })).toBe(false);
  });

  it('honors NO_COLOR above all and TERM=dumb', () => {
    expect(decideColor({ ...terminal, noColor: true, forceColor: true })).toBe(false);
    expect(decideColor({ ...terminal, term: 'dumb' })).toBe(false);
  });

  it('honors FORCE_COLOR in a pipe', () => {
    expect(decideColor({ ...terminal, isTTY: false, forceColor: true })).toBe(true);
  });
});

describe('decideLiveDisplay', () => {
  it('redraws on terminals that can move the cursor', () => {
    expect(decideLiveDisplay(terminal)).toBe(true);
    expect(decideLiveDisplay({ ...terminal, term: 'dumb' })).toBe(false);
    expect(decideLiveDisplay({ ...terminal, isTTY: false })).toBe(false);
  });
});
