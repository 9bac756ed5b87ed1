import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJson, readJson, replaceJson } from '../../src/artifacts/json-records.js';
import type { ObjectStore } from '../../src/artifacts/object-store.js';
import { probeStore } from '../../src/artifacts/probe-store.js';

const mebibyte = 2 ** 20;
const text = (value: string) => Buffer.from(value);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Bytes that differ from part to part, so that a part in the wrong place is noticed. */
function patternBytes(sizeBytes: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  for (let index = 0; index < words.length; index++) words[index] = index * 2654435761 + seed;
  return Buffer.from(words.buffer, 0, sizeBytes);
}

/** What every ObjectStore promises; `createStore` gives an empty store for each test. */
export function describeObjectStore(name: string, createStore: () => Promise<ObjectStore>): void {
  describe(name, () => {
    let store: ObjectStore;
    let folder: string;

    beforeEach(async () => {
      store = await createStore();
      folder = await mkdtemp(join(tmpdir(), 'receta-objects-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    async function writeLocal(fileName: string, bytes: Uint8Array): Promise<string> {
      const path = join(folder, fileName);
      await writeFile(path, bytes);
      return path;
    }

    it('gives back what was put, with the same etag everywhere', async () => {
      const { etag } = await store.put('a/b', text('hello'), { contentType: 'text/plain' });
      const found = await store.get('a/b');
      expect(Buffer.from(found.body).toString()).toBe('hello');
      expect(found.etag).toBe(etag);
      expect(await store.head('a/b')).toMatchObject({ key: 'a/b', sizeBytes: 5, etag });
      expect(await store.list('a/')).toMatchObject([{ key: 'a/b', sizeBytes: 5, etag }]);
      expect(etag).not.toContain('"');
    });

    it('stores an empty object', async () => {
      await store.put('a/empty', new Uint8Array());
      expect((await store.get('a/empty')).body).toHaveLength(0);
      expect(await store.list('a/')).toMatchObject([{ sizeBytes: 0 }]);
      await store.putFile('a/file', await writeLocal('empty', new Uint8Array()));
      expect(await store.head('a/file')).toMatchObject({ sizeBytes: 0 });
    });

    it('keeps stored bytes apart from the memory of the caller', async () => {
      const body = text('before');
      await store.put('a/b', body);
      body.fill(0);
      const first = await store.get('a/b');
      first.body.fill(1);
      expect(Buffer.from((await store.get('a/b')).body).toString()).toBe('before');
    });

    it('replaces an object and changes its etag', async () => {
      const first = await store.put('a/b', text('1'));
      const second = await store.put('a/b', text('2'));
      expect(second.etag).not.toBe(first.etag);
      expect(Buffer.from((await store.get('a/b')).body).toString()).toBe('2');
    });

    it('says that an object is missing', async () => {
      await expect(store.get('a/none')).rejects.toMatchObject({ code: 'artifact-not-found' });
      await expect(store.getFile('a/none', join(folder, 'x'))).rejects.toMatchObject({
        code: 'artifact-not-found',
      });
      expect(await readdir(folder)).toEqual([]);
      expect(await store.head('a/none')).toBeNull();
      expect(await store.list('a/none')).toEqual([]);
    });

    it('deletes an object, and does nothing when there is none', async () => {
      await store.put('a/b', text('x'));
      await store.delete('a/b');
      await store.delete('a/b');
      expect(await store.head('a/b')).toBeNull();
      expect(await store.list('')).toEqual([]);
    });

    it('lists in byte order of the keys, below a prefix, after a key, up to a limit', async () => {
      const ordered = ['p/Z', 'p/a-b', 'p/a/b', 'p/aa', 'p/b', 'p/é', 'p/\uffee', 'p/\u{1f600}'];
      for (const key of ['q/a', ...ordered.toReversed()]) await store.put(key, text(key));
      expect((await store.list('p/')).map(({ key }) => key)).toEqual(ordered);
      const page = await store.list('p/', { after: 'p/a-b', limit: 2 });
      expect(page.map(({ key }) => key)).toEqual(['p/a/b', 'p/aa']);
      const afterMissing = await store.list('p/', { after: 'p/aB' });
      expect(afterMissing.map(({ key }) => key)).toEqual(ordered.slice(3));
      expect(await store.list('p/', { limit: 0 })).toEqual([]);
      expect(await store.list('p/a', { limit: 1 })).toHaveLength(1);
    });

    it('lists more objects than one page of the server holds', async () => {
      const keys = Array.from(
        { length: 1203 },
        (_, index) => `many/${String(index).padStart(5, '0')}`,
      );
      for (let start = 0; start < keys.length; start += 100) {
        await Promise.all(keys.slice(start, start + 100).map((key) => store.put(key, text('x'))));
      }
      expect((await store.list('many/')).map(({ key }) => key)).toEqual(keys);
      const some = await store.list('many/', { after: 'many/00100', limit: 1050 });
      expect(some.map(({ key }) => key)).toEqual(keys.slice(101, 1151));
    });

    it.each([
      'odd/a b',
      'odd/a+b',
      'odd/100%',
      'odd/a%20b',
      "odd/!'()*~",
      'odd/a&b=c?d#e;f:g@h',
      'odd/<x>"y"',
      'odd/00012',
      'odd/1e5',
      'odd/...',
      'odd/ñandú-日本語-\u{1f9ea}',
      `odd/${'long'.repeat(60)}`,
    ])('carries the key %s unchanged', async (key) => {
      await store.put(key, text(key));
      expect(Buffer.from((await store.get(key)).body).toString()).toBe(key);
      expect(await store.head(key)).toMatchObject({ key });
      expect((await store.list('odd/')).map((info) => info.key)).toEqual([key]);
      expect(await store.list('odd/', { after: key })).toEqual([]);
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
    });

    it('refuses keys that servers would change', async () => {
      for (const key of ['', 'a', '/a', 'a//b', 'a/../b']) {
        await expect(store.put(key, text('x'))).rejects.toMatchObject({ code: 'internal' });
        await expect(store.get(key)).rejects.toMatchObject({ code: 'internal' });
      }
    });

    it('lets exactly one of 16 racers create an object', async () => {
      for (let round = 0; round < 5; round++) {
        const key = `race/${round}`;
        const results = await Promise.allSettled(
          Array.from({ length: 16 }, (_, racer) =>
            store.put(key, text(`racer ${racer}`), { condition: { ifAbsent: true } }),
          ),
        );
        const winners = results.flatMap((result, racer) =>
          result.status === 'fulfilled' ? [racer] : [],
        );
        expect(winners).toHaveLength(1);
        for (const result of results) {
          if (result.status === 'rejected') {
            expect(result.reason).toMatchObject({ code: 'precondition-failed' });
          }
        }
        expect(Buffer.from((await store.get(key)).body).toString()).toBe(`racer ${winners[0]}`);
      }
    });

    it('lets exactly one of 16 racers replace the same version', async () => {
      const { etag } = await store.put('race/swap', text('first'));
      const results = await Promise.allSettled(
        Array.from({ length: 16 }, (_, racer) =>
          store.put('race/swap', text(`racer ${racer}`), { condition: { ifEtag: etag } }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('loses no increment of 8 writers that compare and swap', async () => {
      await createJson(store, 'race/counter.json', { count: 0 });
      const increment = async () => {
        for (;;) {
          const found = await readJson<{ count: number }>(store, 'race/counter.json');
          if (found === null) throw new Error('the counter vanished');
          const next = { count: found.value.count + 1 };
          if ((await replaceJson(store, 'race/counter.json', next, found.etag)) === 'replaced')
            return;
        }
      };
      await Promise.all(Array.from({ length: 8 }, increment));
      expect((await readJson(store, 'race/counter.json'))?.value).toEqual({ count: 8 });
    });

    it('refuses to replace an object that is not there or that changed', async () => {
      const condition = { ifEtag: '00000000000000000000000000000000' };
      await expect(store.put('a/b', text('x'), { condition })).rejects.toMatchObject({
        code: 'precondition-failed',
      });
      await store.put('a/b', text('x'));
      await expect(store.put('a/b', text('y'), { condition })).rejects.toMatchObject({
        code: 'precondition-failed',
      });
      expect(Buffer.from((await store.get('a/b')).body).toString()).toBe('x');
    });

    it('honors conditions on a body of 20 MiB too', async () => {
      const body = patternBytes(20 * mebibyte, 1);
      await store.put('a/large', body, { condition: { ifAbsent: true } });
      await expect(
        store.put('a/large', text('x'), { condition: { ifAbsent: true } }),
      ).rejects.toMatchObject({ code: 'precondition-failed' });
      expect(body.equals((await store.get('a/large')).body)).toBe(true);
    });

    it('passes the probe for conditional writes and leaves nothing of it', async () => {
      await probeStore(store, 'probe-1');
      expect(await store.list('')).toEqual([]);
    });

    it.each([
      ['less than a part', mebibyte + 7],
      ['exactly one part', 16 * mebibyte],
      ['several parts', 37 * mebibyte + 7],
    ])('carries a file of %s there and back', async (_name, sizeBytes) => {
      const bytes = patternBytes(sizeBytes, 2);
      const path = await writeLocal('in', bytes);
      await store.putFile('files/x', path, { sha256: sha256(bytes) });
      await store.getFile('files/x', join(folder, 'out'), { sha256: sha256(bytes) });
      expect(bytes.equals(await readFile(join(folder, 'out')))).toBe(true);
      expect(await readdir(folder)).toEqual(expect.arrayContaining(['in', 'out']));
      expect(await readdir(folder)).toHaveLength(2);
    });

    it('carries a large file whose parts are all equal', async () => {
      const path = join(folder, 'zeros');
      const file = await open(path, 'w');
      await file.truncate(40 * mebibyte);
      await file.close();
      await store.putFile('files/zeros', path);
      const { body } = await store.get('files/zeros');
      expect(Buffer.alloc(40 * mebibyte).equals(body)).toBe(true);
    });

    it('keeps two concurrent large uploads of one key apart', async () => {
      const bodies = [patternBytes(36 * mebibyte, 3), patternBytes(35 * mebibyte, 4)];
      const paths = await Promise.all(bodies.map((body, index) => writeLocal(`in-${index}`, body)));
      await Promise.all(paths.map((path) => store.putFile('files/x', path)));
      const { body } = await store.get('files/x');
      expect(bodies.some((candidate) => candidate.equals(body))).toBe(true);
    });

    it.each([
      ['small', 100],
      ['large', 33 * mebibyte],
    ])(
      'shows nothing of a %s upload whose bytes differ from the expected digest',
      async (_, size) => {
        const path = await writeLocal('in', patternBytes(size, 5));
        await expect(
          store.putFile('files/x', path, { sha256: sha256(text('other')) }),
        ).rejects.toMatchObject({ code: 'artifact-corrupt' });
        expect(await store.head('files/x')).toBeNull();
      },
    );

    it('leaves no file of a download whose bytes differ from the expected digest', async () => {
      await store.put('files/x', text('stored'));
      const expected = sha256(text('other'));
      await expect(
        store.getFile('files/x', join(folder, 'out'), { sha256: expected }),
      ).rejects.toMatchObject({
        code: 'artifact-corrupt',
        message: expect.stringContaining(
          `expected sha256 ${expected}, found ${sha256(text('stored'))}`,
        ),
      });
      expect(await readdir(folder)).toEqual([]);
    });

    it('does nothing when the signal is aborted already, and rejects with its reason', async () => {
      const reason = new Error('enough');
      const signal = AbortSignal.abort(reason);
      const path = await writeLocal('in', text('x'));
      await expect(store.putFile('files/x', path, { signal })).rejects.toBe(reason);
      expect(await store.head('files/x')).toBeNull();
      await store.put('files/x', text('x'));
      await expect(store.getFile('files/x', join(folder, 'out'), { signal })).rejects.toBe(reason);
      expect(await readdir(folder)).toEqual(['in']);
    });

    it('keeps a local file as it was when a download onto it fails', async () => {
      const path = await writeLocal('kept', text('old'));
      await expect(store.getFile('a/none', path)).rejects.toThrow();
      expect(await readFile(path, 'utf8')).toBe('old');
    });
  });
}
