import { InvalidArgumentError } from 'commander';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads a duration such as `90s`, `30m`, `12h` or `7d` from the command line, in milliseconds. */
export function parseDuration(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError('Give a number and a unit, such as 90s, 30m, 12h or 7d.');
  }
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
