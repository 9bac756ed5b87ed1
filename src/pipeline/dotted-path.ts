export type KeyPath = readonly (string | number)[];

/** Writes a path as people do: `gates.rmse.max`, `ignore[2]`. */
export function toDottedPath(path: KeyPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}
