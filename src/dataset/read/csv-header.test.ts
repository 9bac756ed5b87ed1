import { expect, test } from 'vitest';
import { parseCsvHeader } from './csv-header.js';

test.each([
  [',', 'id,x1,label\n1,2,a\n'],
  [';', 'id;x1;label\n1;2,5;a\n'],
  ['\t', 'id\tx1\tlabel\n'],
  ['|', 'id|x1|label\r\n'],
])('the delimiter %j is seen in the header', (delimiter, text) => {
  expect(parseCsvHeader(text)).toEqual({
    delimiter,
    names: ['id', 'x1', 'label'],
    headerRecords: 1,
  });
});

test('a header without a delimiter is one column', () => {
  expect(parseCsvHeader('value\n1\n')).toEqual({
    delimiter: ',',
    names: ['value'],
    headerRecords: 1,
  });
});

test('quoted names may hold delimiters, quotes and line ends', () => {
  const header = parseCsvHeader('"a,b","say ""hi""","new\nline",plain\n1,2,3,4\n');
  expect(header).toEqual({
    delimiter: ',',
    names: ['a,b', 'say "hi"', 'new\nline', 'plain'],
    headerRecords: 1,
  });
});

test('blank lines and comments before the header are counted and passed over', () => {
  const header = parseCsvHeader('# exported\r\n## again\r\n\r\n#id,x\r\n1,2\r\n');
  expect(header).toMatchObject({ names: ['#id', 'x'], headerRecords: 4 });
});

test('columns without a name are called after their position', () => {
  expect(parseCsvHeader(',a, \n')?.names).toEqual(['unnamed_1', 'a', 'unnamed_3']);
});

test('a header may be the whole file', () => {
  expect(parseCsvHeader('a,b')).toMatchObject({ names: ['a', 'b'], headerRecords: 1 });
});

test.each(['', '\n\n', '   \n'])('%j has no header', (text) => {
  expect(parseCsvHeader(text)).toBeNull();
});

test('a quote that is never closed leaves no complete header', () => {
  expect(parseCsvHeader('a,"b\n1,2\n')).toBeNull();
});

test.each([
  ['x,y,x\n', "'x' is used by columns 1 and 3"],
  ['Value,value\n', 'differ by letter case'],
  ['caf\u00e9,cafe\u0301\n', 'differ by letter case or composition'],
])('names that SQL takes as equal are refused: %j', (text, words) => {
  expect(() => parseCsvHeader(text)).toThrow(words);
  expect(() => parseCsvHeader(text)).toThrow(
    expect.objectContaining({ code: 'source-unreadable' }),
  );
});
