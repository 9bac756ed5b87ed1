/** Runs jobs in their order, so many at a time; the first failure is thrown once those that run have ended. */
export async function runPool(
  jobs: readonly (() => Promise<void>)[],
  width: number,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  const lane = async (): Promise<void> => {
    while (next < jobs.length && failure === null) {
      const job = jobs[next];
      next += 1;
      try {
        await job?.();
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}
