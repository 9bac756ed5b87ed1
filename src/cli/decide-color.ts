export interface ColorSettings {
  readonly isTTY: boolean;
  /** `NO_COLOR` is set and not empty. */
  readonly noColor: boolean;
  /** `FORCE_COLOR` is set and neither empty nor `0`. */
  readonly forceColor: boolean;
  /** `TERM`. */
  readonly term: string | null;
}

/** Colors go to terminals only; `NO_COLOR` beats everything, `FORCE_COLOR` beats the kind of output. */
export function decideColor(settings: ColorSettings): boolean {
  if (settings.noColor) return false;
  if (settings.forceColor) return true;
  return settings.isTTY && settings.term !== 'dumb';
}

/** Whether lines may be redrawn in place. */
export function decideLiveDisplay(settings: Pick<ColorSettings, 'isTTY' | 'term'>): boolean {
  return settings.isTTY && settings.term !== 'dumb';
}
