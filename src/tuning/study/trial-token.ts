import type { StudyTrial } from './study-trial.js';

/** What a study carries of a trial when it continues as new; its number is its place in the list. */
export interface CarriedTrial extends Pick<StudyTrial, 'state'> {
  /** Place of its model among those of the study. */
  readonly model: number;
  /** Place in the order of ends; `null` while it runs. */
  readonly ended: number | null;
  /** Of a pruned trial: the last step that it reported. */
  readonly step: number | null;
  /** Objective of a complete trial; of a pruned one, that of its last step. `null`: there is none; NaN is one. */
  readonly value: number | null;
}

const letters = { running: 'r', complete: 'c', pruned: 'p', failed: 'f' } as const;
const states: Readonly<Record<string, CarriedTrial['state']>> = {
  r: 'running',
  c: 'complete',
  p: 'pruned',
  f: 'failed',
};
const base = 36;
const pattern = /^([a-z])([0-9a-z]+),([0-9a-z]*),([0-9a-z]*),(.*)$/;

/**
 * A trial in few bytes: letter of the state and model, place among the ends and step to base 36, and the value as the
 * shortest decimal that gives the same double. With its quotes and comma it is 40 bytes of JSON at most, as long as
 * there are no more than 36 models, and trials and steps stay below 36^4 = 1,679,616.
 */
export function encodeTrial({ state, model, ended, step, value }: CarriedTrial): string {
  const places = [ended, step].map((place) => place?.toString(base) ?? '');
  return [`${letters[state]}${model.toString(base)}`, ...places, encodeValue(value)].join(',');
}

/**
 * The trial that `encodeTrial` was given, to the bit.
 *
 * @throws Error for what is no such text
 */
export function decodeTrial(token: string): CarriedTrial {
  const [, letter = '', model = '', ended = '', step = '', value = ''] = pattern.exec(token) ?? [];
  const trial: CarriedTrial = {
    state: states[letter] ?? 'failed',
    model: Number.parseInt(model, base),
    ended: decodePlace(ended),
    step: decodePlace(step),
    value: value === '' ? null : Number(value),
  };
  if (encodeTrial(trial) !== token) {
    throw new Error(`reading a trial that a study carries: ${JSON.stringify(token)} is none`);
  }
  return trial;
}

function encodeValue(value: number | null): string {
  if (value === null) return '';
  // String() forgets the sign of zero.
  return Object.is(value, -0) ? '-0' : String(value);
}

function decodePlace(text: string): number | null {
  return text === '' ? null : Number.parseInt(text, base);
}
