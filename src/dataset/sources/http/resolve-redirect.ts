import { RecetaError } from '../../../contract/errors.js';
import { describeUrl, parseSourceUrl, type UrlRules } from './source-url.js';

/**
 * Where a redirect leads, checked like a first address.
 *
 * @throws RecetaError `source-unreadable` (no valid address), `source-forbidden` (also for https to http)
 */
export function resolveRedirect(from: URL, location: string | undefined, options: UrlRules): URL {
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new RecetaError(
      'source-unreadable',
      `Fetching ${describeUrl(from)}: it redirects, but not to a valid address.`,
    );
  }
  const to = parseSourceUrl(new URL(location, from).href, options);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new RecetaError(
      'source-forbidden',
      `Fetching ${describeUrl(from)}: it redirects from https to plain http, where anybody may change the data.`,
    );
  }
  return to;
}
