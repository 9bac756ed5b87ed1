/**
 * Compares dotted versions by number, part by part; a missing part counts as 0.
 *
 * @param {string} left
 * @param {string} right
 * @returns {number} negative, zero or positive
 */
export function compareVersions(left, right) {
  const leftParts = toNumbers(left);
  const rightParts = toNumbers(right);
  const length = Math.max(leftParts.length, rightParts.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (leftParts[index] ?? 0) - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Tells whether a version lies in [from, before).
 *
 * @param {string} version
 * @param {{from: string, before?: string}} range
 */
export function isVersionIn(version, range) {
  if (compareVersions(version, range.from) < 0) return false;
  return range.before === undefined || compareVersions(version, range.before) < 0;
}

/** @param {string} version */
function toNumbers(version) {
  // A suffix such as "-rc1" is cut off: what the set-up asks for is never a pre-release.
  const [release = ''] = version.replace(/^[^0-9]*/, '').split(/[^0-9.]/);
  return release.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
