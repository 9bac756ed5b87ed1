import { CancellationScope, condition } from '@temporalio/workflow';

/**
 * Work that goes on side by side. After a first failure the rest is cancelled, and the failure is thrown once all have
 * ended: nothing works on behind whoever waits here.
 */
export class Together {
  #scope = new CancellationScope();
  #working = 0;
  #failures: unknown[] = [];

  get hasFailed(): boolean {
    return this.#failures.length > 0;
  }

  /** @param work throws only what is to end the whole */
  start(work: () => Promise<void>): void {
    this.#working += 1;
    const scope = this.#scope;
    void scope
      .run(work)
      .catch((error: unknown) => {
        this.#failures.push(error);
        scope.cancel();
      })
      .finally(() => {
        this.#working -= 1;
      });
  }

  /** Cancels what works and waits for its end; what is started later is not touched. */
  async cancel(): Promise<void> {
    this.#scope.cancel();
    await condition(() => this.#working === 0);
    this.#scope = new CancellationScope();
  }

  /** Throws the first failure, once nothing works any more. */
  async throwFailure(): Promise<void> {
    if (!this.hasFailed) return;
    await condition(() => this.#working === 0);
    throw this.#failures[0];
  }
}
