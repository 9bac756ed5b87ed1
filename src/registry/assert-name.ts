import { RecetaError } from '../contract/errors.js';
import { namePattern } from '../contract/ids.js';

/** @throws RecetaError `request-invalid` when a model or alias name could not be one */
export function assertName(what: 'model' | 'alias', name: string): void {
  if (!namePattern.test(name)) {
    throw new RecetaError(
      'request-invalid',
      `Reading the ${what} name ${JSON.stringify(name.slice(0, 80))}: it must start with a lower-case letter ` +
        'and hold at most 63 lower-case letters, digits and hyphens.',
    );
  }
}
