import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadTfjs } from '../training/testdata/load-tfjs.js';
import { attribute } from './attributes.js';
import { LoadedGraph } from './loaded-graph.js';
import { writeSavedModel } from './saved-model.js';
import type { NodeMessage } from './tensorflow-messages.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receta-loaded-graph-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function encodeGraph(op: string): Uint8Array {
  const type = attribute.type('float');
  const node: NodeMessage[] = [
    { name: 'x', op: 'Placeholder', input: [], attr: { dtype: type, shape: attribute.shape([2]) } },
    { name: 'y', op, input: ['x'], attr: { T: type } },
  ];
  return writeSavedModel(node, []);
}

test('a graph runs by the names of its nodes, with no file left', async () => {
  const tf = await loadTfjs('tensorflow');
  const graph = new LoadedGraph(tf, encodeGraph('Square'));

  expect(readdirSync(folder)).toEqual([]);
  const [y] = graph.run({ x: tf.tensor1d([3, -4]) }, ['y:0']);
  expect([...(y?.dataSync() ?? [])]).toEqual([9, 16]);
  graph.dispose();
});

test('a graph that TensorFlow refuses leaves no file either', async () => {
  const tf = await loadTfjs('tensorflow');

  expect(() => new LoadedGraph(tf, encodeGraph('Sqare'))).toThrow('Sqare');
  expect(readdirSync(folder)).toEqual([]);
});
