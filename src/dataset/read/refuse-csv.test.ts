import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../testdata/engine-surroundings.js';
import { readText } from './testdata/read-files.js';

const problemsOf = async (promise: Promise<unknown>) => (await failureOf(promise)).problems;

describe('refusals', () => {
  test.each([
    ['no byte', '', 'source-empty', 'empty (0 bytes)'],
    ['a mark only', '\ufeff', 'source-empty', 'not even a header'],
    ['line ends only', '\n\n\n', 'source-empty', 'not even a header'],
    ['a header only', 'id,v\n', 'source-empty', 'a header of 2 columns but no row'],
    ['a web page', '<!DOCTYPE html><html>404</html>', 'source-unreadable', 'an HTML page'],
    [
      'a short row',
      'a,b,c\n1,2,3\n4,5\n',
      'source-unreadable',
      'line 3: it has 2 fields where 3 are wanted',
    ],
    [
      'a long row',
      'a,b\n1,2\n3,4,5\n',
      'source-unreadable',
      'line 3: it has 3 fields where 2 are wanted',
    ],
    [
      'an open quote',
      'a,b\n1,2\n3,"x\n4,5\n',
      'source-unreadable',
      'line 3: a quote is opened here and never closed',
    ],
    [
      'text behind a quote',
      'a,b\n1,"x"y\n',
      'source-unreadable',
      'line 2: text follows a closing quote',
    ],
    [
      'Latin-1',
      Buffer.from('a,b\n1,é\n', 'latin1'),
      'source-unreadable',
      'line 2: it is not valid UTF-8',
    ],
    [
      'gzip cut off',
      gzipSync('a,b\n1,2\n').subarray(0, 20),
      'source-unreadable',
      'unexpected end of file',
    ],
    [
      'zstd cut off',
      Buffer.from('28b52ffd240d69000069642c760a31', 'hex'),
      'source-unreadable',
      'unpacking zstd failed',
    ],
    ['gzip in gzip', gzipSync(gzipSync('a,b\n1,2\n')), 'source-unreadable', 'packed twice'],
    [
      'UTF-16 cut off',
      Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').subarray(0, 17),
      'source-unreadable',
      'it is no UTF-16LE text',
    ],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'source-unreadable', 'a PNG image'],
  ])('%s is refused with words that help', async (_what, content, code, words) => {
    const error = await failureOf(readText(content));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test('the line of an error counts comments and line ends inside quotes', async () => {
    const problems = await problemsOf(readText('# comment\na,b\n1,"x\ny"\n2\n'));
    expect(problems).toEqual([expect.objectContaining({ line: 5 })]);
  });

  test('rows that cannot be read are set aside when the file says so', async () => {
    const csv = 'a,b\n1,2\n3\n"x"y,4\n5,6\n';
    const { table, rejects, rejectedRows } = await readText(csv, { badRows: 'quarantine' });
    expect(table).toEqual([
      { a: 1, b: 2 },
      { a: 5, b: 6 },
    ]);
    expect(rejectedRows).toBe(2);
    expect(rejects).toEqual([
      { file: 'a.csv', line: 3, text: '3', reason: 'it has 1 field where 2 are wanted' },
      expect.objectContaining({ line: 4, text: '"x"y,4' }),
    ]);
  });

  test('an open quote is refused even then, because it takes the rows behind it', async () => {
    const error = await failureOf(readText('a,b\n1,2\n3,"x\n4,5\n', { badRows: 'quarantine' }));
    expect(error.problems).toMatchObject([{ line: 3 }]);
  });

  test('a gzip bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(80 << 20, 'a'));
    expect(await failureOf(readText(bomb))).toMatchObject({ code: 'source-too-large' });
  });

  test('a Zstandard bomb is refused', async () => {
    // A frame of blocks that each say: 128 KiB of the same byte.
    const blockBytes = 1 << 17;
    const blocks = Array.from({ length: 640 }, (_, index) => {
      const header = (blockBytes << 3) | (1 << 1) | (index === 639 ? 1 : 0);
      return Buffer.from([header & 0xff, (header >> 8) & 0xff, header >> 16, 0x61]);
    });
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
    const bomb = Buffer.concat([frame, ...blocks]);
    expect(await failureOf(readText(bomb))).toMatchObject({ code: 'source-too-large' });
  });

  test('a record of many megabytes is refused rather than held', async () => {
    const long = `a,b\n1,"${'x'.repeat(40 << 20)}`;
    const error = await failureOf(readText(gzipSync(`${long}`, { level: 1 })));
    expect(error.message).toContain('line 2');
    expect(error.message).toContain('a quote may never be closed');
  });
});
