import type { ErrorCode } from '../../../contract/errors.js';
import type { ReadOptions } from '../../../contract/pipeline-plan.js';

/** What a file comes to. */
export interface MessyExpectation {
  readonly read?: Partial<ReadOptions>;
  readonly rows?: number;
  readonly types?: Readonly<Record<string, string>>;
  /** Some values: row (from 0), column, value. */
  readonly values?: readonly (readonly [row: number, column: string, value: unknown])[];
  readonly nulls?: Readonly<Record<string, number>>;
  readonly notes?: readonly string[];
  readonly rejects?: readonly (readonly [line: number, reason: string])[];
  readonly error?: {
    readonly code: ErrorCode;
    readonly line?: number;
    readonly words: readonly string[];
  };
}

const measured = { id: 'BIGINT', x1: 'DOUBLE', x2: 'DOUBLE', city: 'VARCHAR', label: 'VARCHAR' };
const first = [
  [0, 'id', 1],
  [0, 'x1', 1.2882],
  [0, 'x2', 76.38],
  [0, 'city', 'east'],
  [0, 'label', 'yes'],
] as const;
/** The table that most of the files hold, however it is written. */
const plain: MessyExpectation = { rows: 200, types: measured, values: first, notes: [] };
const unreadable = (words: readonly string[], line?: number): MessyExpectation => ({
  error: { code: 'source-unreadable', words, ...(line === undefined ? {} : { line }) },
});
const empty = (...words: readonly string[]): MessyExpectation => ({
  error: { code: 'source-empty', words },
});

/** By file; several where it can be read in several ways. */
export const messyExpectations: Readonly<
  Record<string, MessyExpectation | readonly MessyExpectation[]>
> = {
  'all_null_column.csv': { rows: 200, types: measured, values: [[0, 'city', null]] },
  'array.json': { ...plain, rows: 50 },
  'bad_crc.csv.gz': unreadable(['unpacking gzip failed: incorrect data check', 'get it again']),
  'bigint.csv': {
    rows: 12,
    types: { row: 'BIGINT', big: 'VARCHAR' },
    values: [
      [2, 'big', '9007199254740993'],
      [6, 'big', '9223372036854775807'],
      [9, 'big', '18446744073709551615'],
      [11, 'big', '1000000000000000000000000000000'],
    ],
    notes: ["column 'big': whole numbers beyond 64 bits are kept as text, exactly"],
  },
  'bigint_ids.csv': { rows: 100, types: { account: 'BIGINT', x: 'DOUBLE', y: 'BIGINT' } },
  'bom_crlf.csv': plain,
  'bom_only.csv': empty('it holds no text'),
  'booleans.csv': {
    rows: 15,
    types: { id: 'BIGINT', flag: 'BOOLEAN' },
    values: [
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      null,
    ].map((value, row) => [row, 'flag', value] as const),
    notes: [
      "column 'flag': words for true and false are mixed; true, yes, y, t, on, 1 are read as true",
    ],
  },
  'broken.jsonl': [
    unreadable(['it is no JSON record', 'badRows: quarantine'], 11),
    {
      read: { badRows: 'quarantine' },
      rows: 19,
      types: measured,
      rejects: [[11, 'it is no JSON record: it ends too early; a key in double quotes is wanted']],
    },
  ],
  'case_names.csv': {
    rows: 10,
    types: { Value: 'BIGINT', value_2: 'BIGINT' },
    values: [[9, 'value_2', -9]],
    notes: [
      "column 2 is called 'value_2', because 'value' and 'Value' differ by letter case or composition only",
    ],
  },
  'comment_lines.csv': {
    ...plain,
    rows: 50,
    notes: ['2 comment lines before the header are left out'],
  },
  'constant_column.csv': { rows: 200, types: { ...measured, x2: 'BIGINT' } },
  'cp1252.csv': [
    unreadable(['not valid UTF-8', 'encoding: windows-1252'], 2),
    {
      read: { encoding: 'windows-1252' },
      rows: 2,
      types: { id: 'BIGINT', price: 'VARCHAR', remark: 'VARCHAR' },
      values: [
        [0, 'price', '12 €'],
        [0, 'remark', '“curly”'],
      ],
    },
  ],
  'cr_only.csv': plain,
  'csv_named_gz.csv.gz': plain,
  'dates.csv': [
    {
      rows: 15,
      types: { id: 'BIGINT', when: 'VARCHAR' },
      values: [
        [1, 'when', '31/01/2024'],
        [10, 'when', null],
        [11, 'when', '0000-00-00'],
      ],
      notes: [
        "column 'when': the column is text because of '31/01/2024' in line 3 of dates.csv; the rows before it (1) hold dates or times",
      ],
    },
    {
      read: { types: { when: 'TIMESTAMP' }, badRows: 'quarantine' },
      rows: 5,
      types: { id: 'BIGINT', when: 'TIMESTAMP' },
      values: [
        [0, 'when', '2024-01-31T00:00:00Z'],
        [2, 'when', '2024-03-31T01:30:00Z'],
        [3, 'when', null],
        [4, 'when', '9999-12-31T00:00:00Z'],
      ],
      rejects: [
        [3, "when: '31/01/2024' is no TIMESTAMP"],
        [4, "when: '01/31/2024' is no TIMESTAMP"],
        [7, "when: '2024-02-30' is no TIMESTAMP"],
      ],
    },
  ],
  'decimal_comma.csv': {
    ...plain,
    notes: [
      'fields are separated by semicolons',
      "column 'x1': the comma is read as the decimal sign",
      "column 'x2': the comma is read as the decimal sign",
    ],
  },
  'dup_columns.csv': {
    rows: 50,
    types: { id: 'BIGINT', x: 'BIGINT', x_2: 'BIGINT', name: 'VARCHAR', x_3: 'BIGINT' },
    values: [
      [2, 'x', 4],
      [2, 'x_2', 6],
      [2, 'x_3', 0],
    ],
    notes: [
      "column 3 is called 'x_2', because another column is called 'x'",
      "column 5 is called 'x_3', because another column is called 'x'",
    ],
  },
  'duplicate_rows.csv': plain,
  'empty.csv': empty('0 bytes'),
  'gzip_named_csv.csv': plain,
  'header_only.csv': empty('a header of 5 columns but no row'),
  'high_cardinality.csv.gz': {
    rows: 20_000,
    types: { user: 'VARCHAR', item: 'BIGINT', x: 'DOUBLE', y: 'BIGINT' },
  },
  'html_error.csv': unreadable(['an HTML page']),
  'late_type_change.csv.gz': [
    {
      rows: 20_000,
      types: { ...measured, x2: 'VARCHAR' },
      notes: [
        "column 'x2': the column is text because of 'n/a (sensor off)' in line 15002 of late_type_change.csv.gz; the rows before it (15000) hold numbers",
      ],
    },
    {
      ...unreadable(["column 'x2'", "'n/a (sensor off)' is no DOUBLE"], 15_002),
      read: { types: { x2: 'DOUBLE' } },
    },
    {
      read: { types: { x2: 'DOUBLE' }, badRows: 'quarantine' },
      rows: 19_999,
      types: measured,
      rejects: [[15_002, "x2: 'n/a (sensor off)' is no DOUBLE"]],
    },
  ],
  'latin1.csv': [
    unreadable(['not valid UTF-8', 'encoding: windows-1252'], 1),
    {
      read: { encoding: 'latin1' },
      rows: 40,
      types: { id: 'BIGINT', prénom: 'VARCHAR', montant: 'DOUBLE' },
      values: [[0, 'prénom', 'José']],
    },
  ],
  'leading_zeros.csv': {
    rows: 50,
    types: { zip: 'VARCHAR', month: 'VARCHAR', n: 'BIGINT' },
    values: [[1, 'zip', '00037']],
  },
  'long_field.csv.gz': { rows: 2, types: { id: 'BIGINT', text: 'VARCHAR' } },
  'missing_half.csv': {
    rows: 200,
    types: measured,
    values: [
      [0, 'x1', null],
      [1, 'x1', 1.2483],
      [4, 'city', null],
    ],
  },
  'mixed_eol.csv': plain,
  'nan.jsonl': unreadable(['NaN is no JSON value; a missing value is written null'], 2),
  'nan_inf.csv': [
    {
      rows: 26,
      types: { id: 'BIGINT', v: 'VARCHAR', y: 'BIGINT' },
      values: [
        [0, 'v', null],
        [2, 'v', 'inf'],
        [10, 'v', null],
        [15, 'v', '?'],
      ],
    },
    {
      read: {
        types: { v: 'DOUBLE' },
        nulls: ['NaN', 'nan', 'NA', 'null', 'None', 'N/A', '#N/A', '?', '-'],
        badRows: 'quarantine',
      },
      rows: 24,
      types: { id: 'BIGINT', v: 'DOUBLE', y: 'BIGINT' },
      values: [
        [2, 'v', null],
        [11, 'v', null],
        [14, 'v', 1.7976931348623157e308],
        [19, 'v', 1500],
        [22, 'v', 5],
        [23, 'v', 6],
      ],
      rejects: [
        [21, "v: '1_000' is no DOUBLE"],
        [23, "v: '0x10' is no DOUBLE"],
      ],
    },
  ],
  'newlines_only.csv': empty('it holds no text'),
  'no_final_newline.csv': plain,
  'no_header.csv': [
    unreadable(['the first line looks like data', 'header: false', 'source.header'], 1),
    {
      read: { header: false },
      rows: 200,
      types: {
        column_1: 'BIGINT',
        column_2: 'DOUBLE',
        column_3: 'DOUBLE',
        column_4: 'VARCHAR',
        column_5: 'VARCHAR',
      },
      values: [[0, 'column_2', 1.2882]],
    },
    { ...plain, read: { columns: ['id', 'x1', 'x2', 'city', 'label'] } },
  ],
  'nul_bytes.csv': { ...plain, rows: 20, notes: ['NUL bytes inside values are left out'] },
  'odd_names.csv': {
    rows: 30,
    types: Object.fromEntries(
      [
        ...[
          'a b',
          ' lead',
          'trail ',
          'quo"te',
          "apo'strophe",
          'comma,inside',
          'new\nline',
          'größe',
          '列',
          '🚕',
        ],
        ...[
          'a.b',
          'a/b',
          'a%20b',
          'SELECT',
          '__proto__',
          'constructor',
          'toString',
          'unnamed_18',
          '1st',
          '../up',
        ],
        ...["x'); DROP TABLE t;--", 'é', 'e\u0301_2'],
      ].map((name) => [name, 'BIGINT']),
    ),
    values: [
      [0, 'SELECT', 3],
      [0, 'e\u0301_2', 2],
    ],
  },
  'one_class.csv': { rows: 200, types: measured },
  'one_column.csv': { rows: 200, types: { value: 'DOUBLE' }, values: [[0, 'value', 1.2882]] },
  'one_row.csv': { ...plain, rows: 1 },
  'pipes.txt': { ...plain, notes: ['fields are separated by vertical bars'] },
  'plain.csv.gz': { rows: 5_000, types: measured },
  'plain.parquet': plain,
  'quoted_newlines.csv': {
    rows: 8,
    types: { id: 'BIGINT', comment: 'VARCHAR', score: 'DOUBLE', label: 'VARCHAR' },
    values: [
      [0, 'comment', 'line one\nline two'],
      [1, 'comment', 'she said "hi", and left'],
      [3, 'comment', null],
      [4, 'comment', 'ends with newline\n'],
      [5, 'comment', 'crlf\r\ninside'],
      [6, 'comment', '  spaces kept  '],
    ],
  },
  'ragged_rows.csv': [
    unreadable(['it has 3 fields where 5 are wanted', '1 more such rows'], 6),
    {
      read: { badRows: 'quarantine' },
      rows: 27,
      types: measured,
      notes: ['1 blank line is left out'],
      rejects: [
        [6, 'it has 3 fields where 5 are wanted'],
        [13, 'it has 7 fields where 5 are wanted'],
      ],
    },
  ],
  'rare_class.csv': { rows: 200, types: measured },
  'records.jsonl': {
    rows: 100,
    types: { ...measured, x2: 'VARCHAR', extra: 'BOOLEAN' },
    notes: [
      "column 'x1': values in quotes are read like those without",
      "column 'x2': the column is text because of '[1, 2]' in line 100 of records.jsonl; the rows before it (99) hold numbers",
      "column 'x2': nested values are kept as JSON text",
      "column 'city': nested values are kept as JSON text",
    ],
  },
  'semicolon.csv': { ...plain, notes: ['fields are separated by semicolons'] },
  'tabs.tsv': { ...plain, notes: ['fields are separated by tabs'] },
  'target_missing.csv': { rows: 200, types: measured },
  'thousands.csv': {
    rows: 30,
    types: { id: 'BIGINT', amount: 'DOUBLE' },
    values: [
      [1, 'amount', 12_345.67],
      [10, 'amount', 123_456.7],
    ],
    notes: ["column 'amount': the comma is read as a separator of thousands"],
  },
  'truncated.csv.gz': unreadable(['unexpected end of file', 'cut off']),
  'truncated.parquet': unreadable(['no readable Parquet file', 'cut off']),
  'two_members.csv.gz': plain,
  'types.parquet': {
    rows: 300,
    types: {
      i64: 'BIGINT',
      u8: 'UTINYINT',
      f32: 'FLOAT',
      f64: 'DOUBLE',
      text: 'VARCHAR',
      cat: 'VARCHAR',
      flag: 'BOOLEAN',
      ts: 'TIMESTAMP',
      day: 'DATE',
      dec: 'DECIMAL(10,2)',
      nulls: 'DOUBLE',
      label: 'VARCHAR',
    },
    values: [
      [0, 'i64', null],
      [5, 'f64', null],
      [6, 'f64', null],
      [0, 'ts', '2024-01-01T00:00:00Z'],
    ],
    notes: [
      "column 'f64': 2 NaN or infinite values are read as missing",
      "column 'ts': times are turned into UTC",
      "column 'list' is left out, because nothing can be learned from INTEGER[]",
    ],
  },
  'unterminated_quote.csv': unreadable(['a quote is opened here and never closed'], 12),
  'utf16le_bom.csv': { ...plain, rows: 20, notes: ['the text is in UTF-16LE'] },
  'wide.csv': {
    rows: 20,
    types: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, 'DOUBLE'])),
  },
};
