import { describe, expect, it } from 'vitest';
import { renderProblems } from './render-problems.js';

describe('renderProblems', () => {
  it('leads with file, line and column, so that an editor can jump there', () => {
    expect(
      renderProblems([{ message: 'unknown key `targe`', line: 3, column: 5 }], 'a/b.yaml'),
    ).toEqual(['  a/b.yaml:3:5: unknown key `targe`']);
    expect(renderProblems([{ message: 'not YAML', line: 3 }], 'b.yaml')).toEqual([
      '  b.yaml:3: not YAML',
    ]);
    expect(renderProblems([{ message: 'not YAML', line: 3, column: 1 }], null)).toEqual([
      '  line 3:1: not YAML',
    ]);
  });

  it('leads with the path when there is no position', () => {
    expect(renderProblems([{ message: 'is missing', path: 'instances[3].island' }], 'x')).toEqual([
      '  instances[3].island: is missing',
    ]);
  });

  it('shows the bare message when a problem has no place', () => {
    expect(renderProblems([{ message: 'no rows' }], 'x')).toEqual(['  no rows']);
  });
});
