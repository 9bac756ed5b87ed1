import { expect, test } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { createJson } from '../artifacts/json-records.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { runRecordKey } from '../contract/run-keys.js';
import { readPredictionExample } from './read-prediction-example.js';

async function openRun(columns: Readonly<Record<string, unknown>>) {
  const objects = new MemoryObjectStore();
  const artifacts = new ArtifactStore(objects);
  const golden = await artifacts.putJson({ rows: [{ mass: 4050, phone: '0664 123' }] });
  const plan = { deploy: { alias: 'champion' }, validate: { columns } };
  await createJson(objects, runRecordKey('penguins-1'), { artifacts: { golden }, plan });
  const unused = (): never => {
    throw new Error('the example needs the store alone');
  };
  return readPredictionExample(
    {
      ...{ objects, artifacts, nowMs: unused, randomText: unused, warn: unused },
      ...{ temporal: {} as never, studies: {} as never, reports: {} as never },
    },
    'penguins-1',
  );
}

test('the example is the first golden row, with the alias that the pipeline moves', async () => {
  expect(await openRun({})).toEqual({
    row: { mass: 4050, phone: '0664 123' },
    alias: 'champion',
  });
});

test('values of sensitive columns are not shown', async () => {
  const { row } = await openRun({ phone: { sensitive: true }, mass: { sensitive: false } });
  expect(row).toEqual({ mass: 4050, phone: null });
});
