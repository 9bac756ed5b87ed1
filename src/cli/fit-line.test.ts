import { describe, expect, it } from 'vitest';
import { fitLine } from './fit-line.js';

describe('fitLine', () => {
  it('leaves a line that fits alone', () => {
    expect(fitLine('12345', 5)).toBe('12345');
    expect(fitLine('\u001b[32m12345\u001b[39m', 5)).toBe('\u001b[32m12345\u001b[39m');
  });

  it('cuts a longer line to the width, marking the cut', () => {
    expect(fitLine('123456', 5)).toBe('1234…');
  });

  it('keeps the closing color sequence behind the cut', () => {
    expect(fitLine('\u001b[32m123456\u001b[39m', 5)).toBe('\u001b[32m1234…\u001b[39m');
  });
});
