/** What the first bytes of a file say it is; `text` when they name nothing else. */
export type SourceFormat = 'text' | 'gzip' | 'utf-16le' | 'utf-16be' | { readonly refused: string };

const signatures: readonly (readonly [bytes: string, name: string])[] = [
  ['50415231', 'a Parquet file'],
  ['504b0304', 'a ZIP archive or an Excel workbook'],
  ['28b52ffd', 'a Zstandard file'],
  ['425a68', 'a bzip2 file'],
  ['fd377a585a00', 'an xz file'],
  ['25504446', 'a PDF document'],
  ['89504e47', 'a PNG image'],
  ['d0cf11e0', 'an old Excel workbook'],
  ['894844460d0a1a0a', 'an HDF5 file'],
];

/** @param head the first 512 bytes, or fewer */
export function detectSourceFormat(head: Buffer): SourceFormat {
  const hex = head.subarray(0, 8).toString('hex');
  if (hex.startsWith('1f8b')) return 'gzip';
  const signature = signatures.find(([bytes]) => hex.startsWith(bytes));
  if (signature !== undefined) return { refused: signature[1] };
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  return detectMarkup(head.toString('latin1'));
}

function detectMarkup(text: string): SourceFormat {
  const start = text.replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(start)) return { refused: 'an HTML page' };
  if (start.startsWith('<?xml')) return { refused: 'an XML document' };
  if (/^(\{\s*"|\[\s*[{[])/.test(start)) return { refused: 'a JSON document' };
  return 'text';
}
