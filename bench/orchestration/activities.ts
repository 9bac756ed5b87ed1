/** A step that does nothing but say when it ran (milliseconds since 1970). */
export async function noteTime(_step: number): Promise<number> {
  return Date.now();
}
