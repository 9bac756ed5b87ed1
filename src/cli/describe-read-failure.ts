const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be read by this user',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is no folder',
};

/** Why a file could not be read, as the end of a sentence. */
export function describeReadFailure({ code, message }: NodeJS.ErrnoException): string {
  return reasons[code ?? ''] ?? code ?? message;
}
