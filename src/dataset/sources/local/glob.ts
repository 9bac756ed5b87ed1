/** Whether a path or key has characters that stand for others. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/** The folders of a glob before its first part with such a character; ends in `/` unless it is empty. */
export function toGlobBase(glob: string): string {
  const parts = glob.split('/');
  const plain = parts.findIndex(isGlob);
  return parts
    .slice(0, plain)
    .map((part) => `${part}/`)
    .join('');
}
