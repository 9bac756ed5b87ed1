import { renameSync, statSync } from 'node:fs';

const rotateAboveBytes = 20 * 2 ** 20;

/** Sets a log aside that has grown large, so that a folder never holds more than two of them for a part. */
export function rotateLog(path: string, aboveBytes = rotateAboveBytes): void {
  const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (sizeBytes > aboveBytes) renameSync(path, `${path}.1`);
}
