import { expect, test } from 'vitest';
import { decideMachineProblems, type Machine, readMachine } from './machine.mjs';

const good: Machine = {
  platform: 'linux',
  arch: 'x64',
  glibc: '2.36',
  node: '20.19.0',
  memoryBytes: 4e9,
};

test('a machine that has everything is taken', () => {
  expect(decideMachineProblems(good)).toEqual([]);
});

test('the machine on which the tests run is taken', () => {
  expect(decideMachineProblems(readMachine())).toEqual([]);
});

test.each([
  ['another system', { platform: 'darwin', arch: 'arm64', glibc: null }, 'darwin on arm64'],
  ['another processor', { arch: 'arm64' }, 'linux on arm64'],
  ['musl', { glibc: null }, 'musl'],
  ['an old C library', { glibc: '2.17' }, '2.17'],
  ['an old Node.js', { node: '20.18.3' }, '20.18.3'],
  ['a Node.js that is too new', { node: '25.0.0' }, '25.0.0'],
  ['little memory', { memoryBytes: 2e9 }, '2.0 GB'],
])('%s is refused with what was found', (_, difference, found) => {
  const problems = decideMachineProblems({ ...good, ...difference });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(found);
});

test('several reasons are named at once', () => {
  expect(decideMachineProblems({ ...good, node: '18.0.0', memoryBytes: 1e9 })).toHaveLength(2);
});
