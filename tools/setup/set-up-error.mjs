/** A failure whose message is all the user needs: what was attempted, what was found, what to do. */
export class SetUpError extends Error {
  /** @override */
  name = 'SetUpError';
  exitCode;

  /**
   * @param {string} message
   * @param {{exitCode?: number}} [options]
   */
  constructor(message, { exitCode = 1 } = {}) {
    super(message);
    this.exitCode = exitCode;
  }
}
