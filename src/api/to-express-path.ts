/**
 * Turns a path of OpenAPI into one of Express: `/v1/models/{name}:predict` becomes `/v1/models/:name\:predict`.
 * Characters with a meaning of their own in Express are escaped.
 */
export function toExpressPath(path: string): string {
  return path
    .split(/(\{[A-Za-z]+\})/)
    .map((part) =>
      part.startsWith('{') ? `:${part.slice(1, -1)}` : part.replaceAll(/[:*{}()?+![\]\\]/g, '\\$&'),
    )
    .join('');
}
