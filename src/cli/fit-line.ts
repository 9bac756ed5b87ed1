import { stripVTControlCharacters } from 'node:util';

const escapeCharacter = '\u001b';

// A color sequence or any single character.
const unit = new RegExp(`${escapeCharacter}\\[[0-9;]*m|.`, 'gsu');

/** Cuts a line to a terminal's width and marks the cut; color sequences take no room and are kept. */
export function fitLine(line: string, columns: number): string {
  if (stripVTControlCharacters(line).length <= columns) return line;
  let room = Math.max(0, columns - 1);
  let fitted = '';
  let cut = false;
  for (const [part] of line.matchAll(unit)) {
    if (part.startsWith(`${escapeCharacter}[`)) {
      fitted += part;
    } else if (room > 0) {
      fitted += part;
      room -= 1;
    } else if (!cut) {
      fitted += '…';
      cut = true;
    }
  }
  return fitted;
}
