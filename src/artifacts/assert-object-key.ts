import { RecetaError } from '../contract/errors.js';

const maxKeyBytes = 1024;
/** Servers that keep objects as files cannot hold longer names. */
const maxSegmentBytes = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const unsafeCharacters = /[\u0000-\u001f\u007f\\]|\p{Surrogate}/u;

/**
 * Refuses keys that some S3 server or client would reject or hand back changed: at least one folder, no empty,
 * `.` or `..` segment, no backslash or control character, valid Unicode, at most 1024 bytes.
 *
 * @throws RecetaError `internal`, since Receta itself makes every key
 */
export function assertObjectKey(key: string): void {
  const segments = key.split('/');
  const isValid =
    segments.length > 1 &&
    Buffer.byteLength(key) <= maxKeyBytes &&
    !unsafeCharacters.test(key) &&
    segments.every(isSegment);
  if (!isValid) {
    throw new RecetaError('internal', `Checking the object key ${JSON.stringify(key)}: not valid.`);
  }
}

function isSegment(segment: string): boolean {
  const isDots = segment === '.' || segment === '..';
  return segment !== '' && !isDots && Buffer.byteLength(segment) <= maxSegmentBytes;
}
