import { stripVTControlCharacters } from 'node:util';

/**
 * One line for each piece of work: on a terminal the lines of running work are redrawn in place, elsewhere there is
 * one line when it starts and one when it ends.
 *
 * @typedef {{update(text: string): void, done(text: string): void, fail(text: string): void}} ProgressLine
 * @typedef {{title: string, text: string, startedMs: number}} Running
 */
export class Progress {
  #stream;
  #now;
  /** @type {Set<Running>} */
  #running = new Set();
  #drawnLines = 0;
  /** @type {NodeJS.Timeout | null} */
  #timer = null;

  /**
   * @param {{isTTY?: boolean, columns?: number, write(text: string): unknown}} stream
   * @param {() => number} [now] milliseconds
   */
  constructor(stream, now = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
  }

  /** @param {string} text */
  note(text) {
    this.#print(text);
  }

  /**
   * @param {string} title
   * @param {string} text
   * @returns {ProgressLine}
   */
  start(title, text) {
    const running = { title, text, startedMs: this.#now() };
    this.#running.add(running);
    let isAnnounced = false;
    if (this.#stream.isTTY) this.#redraw();
    this.#tick();
    /** @param {string} ending */
    const end = (ending) => {
      this.#running.delete(running);
      this.#print(
        `${title.padEnd(20)} ${ending} (${formatElapsed(this.#now() - running.startedMs)})`,
      );
      this.#tick();
    };
    return {
      update: (next) => {
        running.text = next;
        // What work says first is its announcement; later texts are for eyes that watch.
        if (!this.#stream.isTTY && !isAnnounced) this.#print(`${title.padEnd(20)} ${next} ...`);
        isAnnounced = true;
      },
      done: (text) => end(text),
      fail: (text) => end(`failed${text === '' ? '' : `: ${text}`}`),
    };
  }

  /** @param {string} text */
  #print(text) {
    this.#erase();
    this.#stream.write(`${text}\n`);
    this.#redraw();
  }

  #redraw() {
    if (!this.#stream.isTTY) return;
    this.#erase();
    const width = (this.#stream.columns ?? 80) - 1;
    for (const { title, text, startedMs } of this.#running) {
      const line = `${title.padEnd(20)} ${formatElapsed(this.#now() - startedMs)}  ${text}`;
      this.#stream.write(`${stripVTControlCharacters(line).slice(0, width)}\n`);
    }
    this.#drawnLines = this.#running.size;
  }

  #erase() {
    if (this.#drawnLines > 0) this.#stream.write(`\u001b[${this.#drawnLines}A\u001b[0J`);
    this.#drawnLines = 0;
  }

  #tick() {
    if (this.#running.size > 0 && this.#stream.isTTY) {
      this.#timer ??= setInterval(() => this.#redraw(), 500).unref();
    } else if (this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }
}

/**
 * Elapsed time as people read it: `0.4 s`, `12.0 s`, `5 min 13 s`.
 *
 * @param {number} ms
 */
export function formatElapsed(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
