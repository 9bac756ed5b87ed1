import { RecetaError } from '../contract/errors.js';

/** What is known of a child that ended without an answer. */
export interface ChildDeath {
  readonly label: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderrTail: string;
  readonly memoryLimitBytes: number;
  /** As in `ChildOptions`. */
  readonly settingPrefix: string;
  readonly peakBytes: number;
  /** The kernel killed for memory in our control group while the child ran. */
  readonly oomKilled: boolean;
}

/**
 * Decides what an unasked-for death means: `memory-limit-exceeded` when memory was the cause (the kernel's OOM killer,
 * memory refused by V8 or the kernel, or a kill close below the watched limit), else `child-crashed` with the last lines of stderr.
 */
export function toDeathError(death: ChildDeath): RecetaError {
  const killedNearLimit = death.peakBytes > 0.9 * death.memoryLimitBytes;
  const outOfMemory =
    (death.signal === 'SIGKILL' && (death.oomKilled || killedNearLimit)) ||
    /JavaScript heap out of memory|Out of memory|bad_alloc/.test(death.stderrTail);
  if (outOfMemory) {
    return memoryLimitError(death, death.peakBytes);
  }
  const how =
    death.signal === null ? `ended with exit code ${death.exitCode}` : `died by ${death.signal}`;
  const lastWords = death.stderrTail.replaceAll(/^\s+at .*\n?/gm, '').trimEnd();
  const words = lastWords === '' ? '' : ` Its last words:\n${lastWords}`;
  // People are spared the stack; whoever looks for the cause finds it there.
  const cause = new Error(death.stderrTail);
  return new RecetaError('child-crashed', `${death.label} ${how} before it had a result.${words}`, {
    cause,
  });
}

export function memoryLimitError(
  {
    label,
    memoryLimitBytes,
    settingPrefix,
  }: Pick<ChildDeath, 'label' | 'memoryLimitBytes' | 'settingPrefix'>,
  residentBytes: number,
): RecetaError {
  return new RecetaError(
    'memory-limit-exceeded',
    `${label} was ended because it needed more memory than its limit of ${toMiB(memoryLimitBytes)} MiB ` +
      `(last seen: ${toMiB(residentBytes)} MiB). Give it less data, or raise the limit ${settingPrefix}_MEMORY_BYTES.`,
  );
}

function toMiB(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
