import type { Column, NumericColumn, TextColumn } from '../column-table.js';
import { toLabelText } from '../labels.js';

/** A column as a dictionary of label texts; infinite numbers count as missing. */
export function toTextColumn(column: Column): TextColumn {
  return column.kind === 'text' ? column : toDictionary(column);
}

function toDictionary({ kind, values }: NumericColumn): TextColumn {
  const codeByValue = new Map<number, number>();
  const levels: string[] = [];
  const codes = new Int32Array(values.length).fill(-1);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    let code = codeByValue.get(value);
    if (code === undefined) {
      code = levels.push(toLabelText(kind, value)) - 1;
      codeByValue.set(value, code);
    }
    codes[row] = code;
  }
  return { kind: 'text', codes, levels };
}
