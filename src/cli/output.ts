import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { CliDependencies } from './cli-dependencies.js';
import { decideColor, decideLiveDisplay } from './decide-color.js';

/** What a command says: data on stdout, everything else on stderr. */
export interface Output {
  /** Colors for stdout. */
  readonly colors: Colors;
  /** Colors for stderr. */
  readonly noteColors: Colors;
  /** Whether stderr is a terminal that can be redrawn. */
  readonly live: boolean;
  print(lines: readonly string[]): void;
  note(lines: readonly string[]): void;
  /** One JSON document on stdout. */
  printJson(value: unknown): void;
}

export function createOutput({ stdout, stderr, terminal }: CliDependencies): Output {
  return {
    colors: pc.createColors(decideColor({ ...terminal, isTTY: stdout.isTTY })),
    noteColors: pc.createColors(decideColor({ ...terminal, isTTY: stderr.isTTY })),
    live: decideLiveDisplay({ ...terminal, isTTY: stderr.isTTY }),
    print: (lines) => stdout.write(toText(lines)),
    note: (lines) => stderr.write(toText(lines)),
    printJson: (value) => stdout.write(`${JSON.stringify(value, null, 2)}\n`),
  };
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
