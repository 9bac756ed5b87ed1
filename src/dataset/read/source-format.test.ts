import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { detectSourceFormat } from './source-format.js';

test.each([
  ['a,b\n1,2\n', 'text'],
  ['\ufeffa,b\n', 'text'],
  ['<5,>=5\n1,2\n', 'text'],
  ['[a],b\n', 'text'],
  ['', 'text'],
])('%j is text', (text, format) => {
  expect(detectSourceFormat(Buffer.from(text))).toBe(format);
});

test('gzip and UTF-16 are known by their first bytes', () => {
  expect(detectSourceFormat(gzipSync('a,b\n'))).toBe('gzip');
  expect(detectSourceFormat(Buffer.from([0xff, 0xfe, 0x61, 0]))).toBe('utf-16le');
  expect(detectSourceFormat(Buffer.from([0xfe, 0xff, 0, 0x61]))).toBe('utf-16be');
});

test('UTF-16 without a mark is known by its NUL bytes, single ones are nothing of the kind', () => {
  const little = Buffer.from('id,größe\n1,2\n', 'utf16le');
  expect(detectSourceFormat(little)).toBe('utf-16le');
  expect(detectSourceFormat(Buffer.from(little).swap16())).toBe('utf-16be');
  expect(detectSourceFormat(Buffer.from('id,x\n1,a\0b\0c\n2,\0\n'))).toBe('text');
});

test.each([
  ['PK\x03\x04', 'a ZIP archive or an Excel workbook'],
  ['<!DOCTYPE html>\n<html>', 'an HTML page'],
  ['\ufeff  \n<HTML lang="en">', 'an HTML page'],
  ['<?xml version="1.0"?>', 'an XML document'],
])('%j is refused by its name', (text, refused) => {
  expect(detectSourceFormat(Buffer.from(text))).toEqual({ refused });
});
