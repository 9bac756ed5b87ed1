import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type CodeDigests, parseCodeDigests } from '../cache/code-digests.js';
import { RecetaError } from '../contract/errors.js';

const path = fileURLToPath(new URL('../../dist/code-digests.json', import.meta.url));

/**
 * Reads what the build noted of the code of each step.
 *
 * @throws RecetaError `setup-incomplete`
 */
export async function loadCodeDigests(): Promise<CodeDigests> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new RecetaError(
      'setup-incomplete',
      `Reading ${path}: there is no such file, without which no step knows whether its code changed; run \`npm run build\`.`,
      { cause },
    );
  });
  return parseCodeDigests(text, path);
}
