/** Enough for people, few enough for a history; the log of the step has all. */
const maxWarnings = 20;

/** The first warnings and, when there are more, one line that says so. */
export function limitWarnings(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= maxWarnings) return warnings;
  const more = warnings.length - maxWarnings;
  return [...warnings.slice(0, maxWarnings), `and ${more} more, which the log of the step lists`];
}
