import { expect, it } from 'vitest';
import { withDependents } from './with-dependents.mjs';

const all = [
  { name: 'packages', needs: [] },
  { name: 'library', needs: [] },
  { name: 'addon', needs: ['packages', 'library'] },
  { name: 'build', needs: ['addon'] },
  { name: 'server', needs: [] },
];
const named = (...names: string[]) => all.filter(({ name }) => names.includes(name));

it('adds what rests on a chosen step, directly or through others', () => {
  expect(withDependents(all, named('packages'))).toEqual(named('packages', 'addon', 'build'));
});

it('adds nothing to steps on which nothing rests', () => {
  expect(withDependents(all, named('server'))).toEqual(named('server'));
  expect(withDependents(all, [])).toEqual([]);
});
