import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findMissingOutputs, pruneOutputs } from './prune-outputs.mjs';

let dist = '';
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'receta-dist-'));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), '');
  }
}

test('outputs of sources that are gone are removed, with folders that become empty', () => {
  write('api/server.js', 'api/server.js.map', 'old/gone.js', 'old/gone.js.map');
  write('workflow-bundle.js', 'build.tsbuildinfo', 'bench/orchestration.js');

  pruneOutputs(dist, ['src/api/server.ts']);

  expect(existsSync(join(dist, 'api/server.js.map'))).toBe(true);
  expect(existsSync(join(dist, 'old'))).toBe(false);
  expect(existsSync(join(dist, 'workflow-bundle.js'))).toBe(true);
  expect(existsSync(join(dist, 'bench/orchestration.js'))).toBe(true);
});

test('outputs that were removed by hand are noticed', () => {
  write('api/server.js');

  expect(findMissingOutputs(dist, ['src/api/server.ts'])).toEqual(['api/server.js.map']);
});
