import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { createClassifier } from '../serving/testdata/small-model.js';
import type { Connection } from './cli-dependencies.js';
import { runCli } from './run-cli.js';
import { FakeSurroundings } from './testdata/fake-surroundings.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

function createService(): FakeSurroundings {
  const { documentBytes, weightsBytes } = createClassifier();
  const bytes: Record<string, Uint8Array> = { model: documentBytes, weights: weightsBytes };
  const refOf = (uri: string) => ({ uri }) as ArtifactRef;
  const version = {
    model: 'penguins',
    version: 3,
    artifacts: { model: refOf('model'), weights: refOf('weights') },
  };
  return new FakeSurroundings(
    {},
    { workingDirectory: folder },
    {
      models: {
        getAlias: async () => ({ version: 3 }),
        getVersion: async () => version,
      } as unknown as Connection['models'],
      artifacts: { getBytes: async ({ uri }) => bytes[uri] as Uint8Array },
    },
  );
}

test('the champion of a model is written into a new folder', async () => {
  const service = createService();
  const args = ['models', 'export', 'penguins', '--format', 'tfjs', '--out', 'out/tfjs', '--json'];
  expect(await runCli(args, service.dependencies)).toBe(0);
  const files = ['model.json', 'weights.bin', 'receta.json'];
  expect(JSON.parse(service.stdout)).toEqual({
    model: 'penguins@3',
    format: 'tfjs',
    files: files.map((file) => join(folder, 'out/tfjs', file)),
  });
  expect((await readdir(join(folder, 'out/tfjs'))).sort()).toEqual([...files].sort());
});

test('a format that the model does not allow is refused, and nothing is written', async () => {
  const service = createService();
  const args = ['models', 'export', 'penguins@3', '--format', 'lightgbm', '--out', 'refused'];
  expect(await runCli(args, service.dependencies)).toBe(2);
  expect(service.stderr).toContain('it is no LightGBM model');
  await expect(readdir(join(folder, 'refused'))).rejects.toThrow('ENOENT');
});

test.each([
  ['a model that is none', ['Penguins!', '--format', 'onnx'], 'names no model'],
  ['a format that is none', ['penguins', '--format', 'pickle'], 'Give one of tfjs, onnx, lightgbm'],
])('%s is refused', async (_, args, message) => {
  const service = createService();
  const all = ['models', 'export', ...args, '--out', 'refused'];
  expect(await runCli(all, service.dependencies)).toBe(2);
  expect(service.stderr).toContain(message);
});
