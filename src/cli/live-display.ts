import type { OutputStream } from './cli-dependencies.js';
import { fitLine } from './fit-line.js';

/** Lines at the bottom of a terminal that are redrawn in place. */
export class LiveDisplay {
  readonly #stream: OutputStream;
  #shown = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Replaces what was shown before; lines that do not fit into the terminal are cut. */
  show(lines: readonly string[]): void {
    // The last line of the terminal stays empty for the cursor.
    const visible = lines.slice(-Math.max(1, (this.#stream.rows ?? 24) - 1));
    const columns = this.#stream.columns ?? 80;
    const text = visible.map((line) => `${fitLine(line, columns)}\n`).join('');
    this.#stream.write(this.#eraseSequence() + text);
    this.#shown = visible.length;
  }

  clear(): void {
    this.#stream.write(this.#eraseSequence());
    this.#shown = 0;
  }

  #eraseSequence(): string {
    return this.#shown === 0 ? '' : `\u001b[${this.#shown}A\u001b[0J`;
  }
}
