/** What the first bytes of a file say it is; `text` when they name nothing else. */
export type SourceFormat =
  | 'text'
  | 'json'
  | 'parquet'
  | 'gzip'
  | 'zstd'
  | 'utf-16le'
  | 'utf-16be'
  | { readonly refused: string };

const known: readonly (readonly [bytes: string, format: SourceFormat])[] = [
  ['1f8b', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['50415231', 'parquet'],
  ['504b0304', { refused: 'a ZIP archive or an Excel workbook' }],
  ['425a68', { refused: 'a bzip2 file' }],
  ['fd377a585a00', { refused: 'an xz file' }],
  ['25504446', { refused: 'a PDF document' }],
  ['89504e47', { refused: 'a PNG image' }],
  ['d0cf11e0', { refused: 'an old Excel workbook' }],
  ['894844460d0a1a0a', { refused: 'an HDF5 file' }],
  ['4152524f5731', { refused: 'an Arrow file' }],
  ['4f626a01', { refused: 'an Avro file' }],
  ['53514c69746520666f726d61', { refused: 'a SQLite database; read it with `sqlite`' }],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** @param head the first 512 bytes, or fewer */
export function detectSourceFormat(head: Buffer): SourceFormat {
  const hex = head.subarray(0, 12).toString('hex');
  const signature = known.find(([bytes]) => hex.startsWith(bytes));
  if (signature !== undefined) return signature[1];
  return detectUnmarkedUtf16(head) ?? detectMarkup(head.toString('latin1'));
}

/** Too little of a file to tell by where its NUL bytes are. */
const minUtf16Bytes = 8;
/** Share of NUL bytes in one half of UTF-16 that is mostly Latin; the other half then has none. */
const minNulShare = 0.5;

/** UTF-16 without a mark: every other byte of Latin letters, digits and delimiters is NUL. */
function detectUnmarkedUtf16(head: Buffer): SourceFormat | null {
  if (head.length < minUtf16Bytes) return null;
  const countNul = (first: 0 | 1): number =>
    head.filter((byte, index) => byte === 0 && index % 2 === first).length;
  const [even, odd] = [countNul(0), countNul(1)];
  const wanted = (head.length / 2) * minNulShare;
  if (even === 0 && odd >= wanted) return 'utf-16le';
  return odd === 0 && even >= wanted ? 'utf-16be' : null;
}

function detectMarkup(text: string): SourceFormat {
  const start = text.replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(start)) return { refused: 'an HTML page' };
  if (start.startsWith('<?xml')) return { refused: 'an XML document' };
  // An empty array is JSON too, and so is a record without any key.
  return /^(\{\s*["}]|\[\s*[{[\]])/.test(start) ? 'json' : 'text';
}
