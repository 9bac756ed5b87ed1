import { expect, it } from 'vitest';
import { describeObjectStore } from '../../test/suites/object-store.testsuite.js';
import { MemoryObjectStore } from './memory-object-store.js';

describeObjectStore('MemoryObjectStore', async () => new MemoryObjectStore());

it('MemoryObjectStore takes times from the clock it is given', async () => {
  const store = new MemoryObjectStore({ now: () => 1234 });
  await store.put('a/b', new Uint8Array(1));
  expect(await store.head('a/b')).toMatchObject({ modifiedAtMs: 1234 });
});
