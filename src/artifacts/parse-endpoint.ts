import { RecetaError } from '../contract/errors.js';

/** @throws RecetaError `config-invalid` */
export function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/') {
    throw new RecetaError(
      'config-invalid',
      'Reading the endpoint of the object store: it is not a URL such as http://127.0.0.1:9000.',
    );
  }
  return url;
}
