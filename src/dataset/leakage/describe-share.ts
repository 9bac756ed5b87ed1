/** e.g. `12 of 100 (12.0 %)`, or the share alone where only a sample was looked at. */
export function describeShare(count: number, looked: number, all: number): string {
  const percent = `${((100 * count) / looked).toFixed(1)} %`;
  return looked === all ? `${count} of ${all} (${percent})` : `about ${percent} of ${all}`;
}
