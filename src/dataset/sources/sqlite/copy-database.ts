import { constants } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { RecetaError } from '../../../contract/errors.js';
import { assertCheckpointed } from './assert-checkpointed.js';

const signature = 'SQLite format 3\0';
/** The two bytes of the header that say how a database is written and read: 1 journal, 2 write-ahead log. */
const versionOffset = 18;
const journalVersions = Buffer.from([1, 1]);

/**
 * Makes a copy of a SQLite file that can be opened by itself: one in write-ahead mode is switched back, because that
 * mode needs files beside it.
 *
 * @throws RecetaError `source-unreadable` for what is no SQLite database, or one with unfinished writes beside it
 */
export async function copyDatabase(path: string, name: string, copyPath: string): Promise<void> {
  await assertCheckpointed(path, name);
  await copyFile(path, copyPath, constants.COPYFILE_FICLONE);
  const file = await open(copyPath, 'r+');
  try {
    const { buffer } = await file.read(Buffer.alloc(signature.length), 0, signature.length, 0);
    if (buffer.toString('latin1') !== signature) {
      throw new RecetaError(
        'source-unreadable',
        `Reading ${name}: it is no SQLite database, or an encrypted one.`,
      );
    }
    await file.write(journalVersions, 0, journalVersions.length, versionOffset);
  } finally {
    await file.close();
  }
}
