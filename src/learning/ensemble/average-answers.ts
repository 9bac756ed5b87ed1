/**
 * Mean of several models' answers, value by value, summed in float64 in the order given: the arithmetic by which an
 * ensemble is chosen and by which it answers.
 *
 * @param answers of each model; all equally long
 * @param weights one a model, adding up to 1; models of weight 0 are left out
 */
export function averageAnswers(
  answers: readonly Float32Array[],
  weights: readonly number[],
): Float32Array {
  const sum = new Float64Array(answers[0]?.length ?? 0);
  for (const [model, ofModel] of answers.entries()) {
    const weight = weights[model] ?? 0;
    if (weight === 0) continue;
    for (let index = 0; index < sum.length; index += 1) {
      // Answers are as many as sums.
      sum[index] = (sum[index] as number) + weight * (ofModel[index] as number);
    }
  }
  return Float32Array.from(sum);
}
