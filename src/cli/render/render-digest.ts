const shownDigits = 12;

/** The first digits of a sha256: enough to tell two apart. */
export function renderDigest(sha256: string | null): string {
  return sha256 === null ? '-' : sha256.slice(0, shownDigits);
}
