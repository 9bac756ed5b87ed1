import { RecetaError } from '../contract/errors.js';
import { isLoopbackHost } from './loopback-host.js';

/**
 * Refuses to serve other machines without a key.
 *
 * @throws RecetaError `config-invalid`
 */
export function assertSafeBinding(binding: {
  readonly host: string;
  readonly key: string | null;
}): void {
  if (binding.key !== null || isLoopbackHost(binding.host)) return;
  throw new RecetaError(
    'config-invalid',
    `the API will not listen on ${binding.host}, where other machines reach it, without a key; ` +
      'set RECETA_API_KEY, or RECETA_API_HOST to 127.0.0.1',
  );
}
