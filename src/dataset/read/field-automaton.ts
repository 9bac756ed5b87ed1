import { type ShapeRules, toShape } from './value-shapes.js';

/** What ends the run of a field's plain bytes: states from here on are no states but signals. */
export const signal = {
  delimiter: 128,
  lineFeed: 129,
  carriageReturn: 130,
  quote: 131,
  nul: 132,
} as const;

const stateCount = 128;

/** State of a field without any byte. */
export const emptyState = 0;

/** State of a field that no short cut knows: its text has to be looked at. */
export const otherState = stateCount - 1;

/** States of fields whose digits name a day, and perhaps a time, that may not exist. */
export const dateState = 17;
export const minutesState = 23;
const secondsState = 26;

/**
 * A finite automaton over the bytes of a field: recognizes the plain spellings of numbers and times while a file is
 * cut into fields, so that the text of such a field need never be made.
 */
export interface FieldAutomaton {
  /** Next state, or signal, at `state * 256 + byte`; outside and inside quotes. */
  readonly unquoted: Uint8Array;
  readonly quoted: Uint8Array;
  /** By state: what every text that ends there fits, as `toShape` says. */
  readonly fits: Int32Array;
  readonly traits: Int32Array;
  /** By state: fields of more bytes have to be looked at. */
  readonly maxLength: Int32Array;
  /** By state: position in `nullTexts` of the text that ends there and means a missing value, plus 1; else 0. */
  readonly nulls: Uint8Array;
  readonly nullTexts: readonly string[];
  /** Whether every text that means a missing value ends in a state of its own. */
  readonly knowsAllNulls: boolean;
}

const digits = '0123456789';
const clockDigits = (from: number): readonly (readonly [number, string, number])[] => [
  [from, digits, from + 1],
  [from + 1, digits, from + 2],
];

/** From a state, by any of the characters, to a state. */
const transitions: readonly (readonly [from: number, characters: string, to: number])[] = [
  // 1 minus, 2 zero, 3 one, 4..7 one to four digits, 8 more digits
  [0, '-', 1],
  [0, '0', 2],
  [0, '1', 3],
  [0, '23456789', 4],
  [1, '0', 9],
  [1, '123456789', 8],
  [3, digits, 5],
  [4, digits, 5],
  [5, digits, 6],
  [6, digits, 7],
  [7, digits, 8],
  [8, digits, 8],
  // 9 minus zero, 10 dot, 11 fraction, 12..15 exponent
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((from) => [from, '.', 10] as const),
  [10, digits, 11],
  [11, digits, 11],
  ...[2, 3, 4, 5, 6, 7, 8, 9, 11].map((from) => [from, 'eE', 30] as const),
  [30, '+-', 31],
  [30, digits, 32],
  [31, digits, 32],
  [32, digits, 33],
  // 12..17 month and day, 18..29 time of day
  [7, '-', 12],
  ...clockDigits(12),
  [14, '-', 15],
  ...clockDigits(15),
  [dateState, ' T', 18],
  ...clockDigits(18),
  [20, ':', 21],
  ...clockDigits(21),
  [minutesState, ':', 24],
  ...clockDigits(24),
  [secondsState, '.', 27],
  [27, digits, 28],
  [28, digits, 28],
  ...[minutesState, secondsState, 28].map((from) => [from, 'Z', 29] as const),
];

/** A text of each state that a field may end in, and the length up to which it speaks for all of them. */
const samples: readonly (readonly [state: number, text: string, maxLength: number])[] = [
  [2, '0', 1],
  [3, '1', 1],
  [4, '7', 1],
  [5, '12', 2],
  [6, '123', 3],
  [7, '1234', 4],
  [8, '12345', 15],
  [9, '-0', 2],
  [11, '1.5', 15],
  [32, '1e5', 20],
  [33, '1e15', 20],
  [dateState, '2024-01-31', 10],
  [minutesState, '2024-01-31 10:00', 16],
  [secondsState, '2024-01-31 10:00:00', 19],
  [28, '2024-01-31 10:00:00.5', 40],
  [29, '2024-01-31T10:00:00Z', 40],
];

/** States that only one text ends in. */
const exactStates = [0, 1, 2, 3, 9];
const firstFreeState = 34;

/** @param nulls texts that mean a missing value */
export function createFieldAutomaton(
  dialect: { readonly delimiter: number; readonly quote: number | null },
  rules: ShapeRules,
  nulls: ReadonlySet<string>,
): FieldAutomaton {
  const unquoted = createTable();
  const fits = new Int32Array(stateCount);
  const traits = new Int32Array(stateCount);
  const maxLength = new Int32Array(stateCount);
  for (const [state, text, length] of samples) {
    const shape = toShape(text, { ...rules, isGivenTime: null });
    fits[state] = shape.fits;
    traits[state] = shape.traits;
    maxLength[state] = shape.fits === 0 ? 0 : length;
  }
  const nullTexts = [...nulls].filter((text) => text !== '');
  const nullStates = new Uint8Array(stateCount);
  let knowsAllNulls = nullTexts.length < 256;
  const tree = new ExactTree(unquoted);
  for (const [index, text] of nullTexts.entries()) {
    const { state, isExact } = tree.add(text);
    // Other texts may end there too, so that all have to be looked at.
    maxLength[state] = 0;
    if (isExact) nullStates[state] = index + 1;
    else knowsAllNulls = false;
  }
  const quoted = addSignals(unquoted, dialect);
  return { unquoted, quoted, fits, traits, maxLength, nulls: nullStates, nullTexts, knowsAllNulls };
}

/** Gives texts states of their own, as long as there are states and no other text has taken them. */
class ExactTree {
  readonly #table: Uint8Array;
  readonly #exact = new Set(exactStates);
  #nextState = firstFreeState;

  constructor(table: Uint8Array) {
    this.#table = table;
  }

  /** @returns the state in which the text ends, and whether no other text does */
  add(text: string): { readonly state: number; readonly isExact: boolean } {
    let state = emptyState;
    for (const byte of Buffer.from(text)) {
      const at = state * 256 + byte;
      if (
        this.#table[at] === otherState &&
        this.#exact.has(state) &&
        this.#nextState < otherState
      ) {
        this.#table[at] = this.#nextState;
        this.#exact.add(this.#nextState);
        this.#nextState += 1;
      }
      state = this.#table[at] ?? otherState;
    }
    return { state, isExact: this.#exact.has(state) };
  }
}

/** @returns the table for the inside of quotes */
function addSignals(
  unquoted: Uint8Array,
  dialect: { readonly delimiter: number; readonly quote: number | null },
): Uint8Array {
  const quoted = unquoted.slice();
  for (let state = 0; state < stateCount; state += 1) {
    for (const table of [unquoted, quoted]) {
      table[state * 256 + 0x0a] = signal.lineFeed;
      table[state * 256 + 0x0d] = signal.carriageReturn;
      table[state * 256] = signal.nul;
      if (dialect.quote !== null) table[state * 256 + dialect.quote] = signal.quote;
    }
    unquoted[state * 256 + dialect.delimiter] = signal.delimiter;
  }
  return quoted;
}

function createTable(): Uint8Array {
  const table = new Uint8Array(stateCount * 256).fill(otherState);
  for (const [from, characters, to] of transitions) {
    for (const character of characters) table[from * 256 + character.charCodeAt(0)] = to;
  }
  return table;
}
