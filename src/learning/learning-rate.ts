const warmUpFraction = 0.05;

/**
 * Factor of the learning rate at a step: linear warm-up over the first 5 % of all steps, then half a cosine
 * down to almost zero (Loshchilov and Hutter 2017, SGDR, without restarts).
 *
 * @param step 1 to totalSteps
 */
export function learningRateFactor(step: number, totalSteps: number): number {
  const warmUpSteps = Math.max(1, Math.round(totalSteps * warmUpFraction));
  if (step <= warmUpSteps) return step / warmUpSteps;
  const progress = (step - warmUpSteps) / (totalSteps - warmUpSteps + 1);
  return 0.5 * (1 + Math.cos(Math.PI * progress));
}
