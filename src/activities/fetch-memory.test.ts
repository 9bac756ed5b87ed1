import { expect, test } from 'vitest';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import type { KnownFile } from '../dataset/sources/fetched-file.js';
import { FetchMemory } from './fetch-memory.js';

const fileOf = (sha256: string): KnownFile => ({
  artifact: { uri: `s3://receta/${sha256}`, sha256, sizeBytes: 1, mediaType: 'text/csv' },
  columns: null,
  sha256,
  validators: null,
});

test('a later fetch finds what an earlier one kept, by pipeline and source', async () => {
  const objects = new MemoryObjectStore();
  const memory = await FetchMemory.open(objects, 'taxi', 'trips');
  expect(memory.find('a')).toBeNull();
  memory.keep('a', fileOf('1'));
  memory.forgetOthers();
  await memory.save();
  expect((await FetchMemory.open(objects, 'taxi', 'trips')).find('a')).toEqual(fileOf('1'));
  expect((await FetchMemory.open(objects, 'taxi', 'zones')).find('a')).toBeNull();
  expect((await FetchMemory.open(objects, 'other', 'trips')).find('a')).toBeNull();
});

test('a fetch that failed adds what it got, a whole one leaves nothing else', async () => {
  const objects = new MemoryObjectStore();
  const first = await FetchMemory.open(objects, 'taxi', 'trips');
  first.keep('a', fileOf('1'));
  await first.save();
  const failed = await FetchMemory.open(objects, 'taxi', 'trips');
  failed.keep('b', fileOf('2'));
  await failed.save();
  const whole = await FetchMemory.open(objects, 'taxi', 'trips');
  expect([whole.find('a'), whole.find('b')]).toEqual([fileOf('1'), fileOf('2')]);
  whole.keep('b', fileOf('3'));
  whole.forgetOthers();
  await whole.save();
  const last = await FetchMemory.open(objects, 'taxi', 'trips');
  expect([last.find('a'), last.find('b')]).toEqual([null, fileOf('3')]);
});
