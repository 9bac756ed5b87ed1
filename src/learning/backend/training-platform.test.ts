import { expect, test } from 'vitest';
import {
  hashCpuFlags,
  readPlatformKey,
  requiredBackend,
  toPlatformKey,
} from './training-platform.js';

const platform = { cpuFlagsSha256: 'ab', node: '20.20.2' };

test('the digest of the processor does not depend on the order of its flags', () => {
  expect(hashCpuFlags('model\t: x\nflags\t\t: sse avx2\n')).toBe(
    hashCpuFlags('flags : avx2 sse\nflags : other core\n'),
  );
  expect(hashCpuFlags('flags : avx2 sse')).not.toBe(hashCpuFlags('flags : sse'));
});

test('the platform key changes with each of its parts', () => {
  const backend = requiredBackend('tensorflow');
  const keys = [
    toPlatformKey(platform, backend),
    toPlatformKey({ ...platform, node: '22.0.0' }, backend),
    toPlatformKey({ ...platform, cpuFlagsSha256: 'cd' }, backend),
    toPlatformKey(platform, { ...backend, threads: 2 }),
    toPlatformKey(platform, { ...backend, versions: { ...backend.versions, tfjs: '4.23.0' } }),
    toPlatformKey(platform, { ...backend, versions: { tfjs: '4.22.0' } }),
    toPlatformKey(platform, requiredBackend('wasm')),
  ];
  expect(new Set(keys)).toHaveLength(keys.length);
  expect(toPlatformKey({ ...platform }, { ...backend })).toBe(keys[0]);
});

test('this machine has one key a backend', () => {
  const keys = (['tensorflow', 'wasm'] as const).map((name) =>
    readPlatformKey(requiredBackend(name)),
  );
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(keys[0]).not.toBe(keys[1]);
});
