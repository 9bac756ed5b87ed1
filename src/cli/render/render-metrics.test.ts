import { describe, expect, it } from 'vitest';
import { renderMetrics } from './render-metrics.js';

describe('renderMetrics', () => {
  it('shows each metric beside the baseline, with a dash where the baseline has none', () => {
    expect(renderMetrics({ accuracy: 0.985507, logLoss: 0.0612 }, { accuracy: 0.441176 })).toEqual([
      'metric    held-out  baseline',
      'accuracy    0.9855    0.4412',
      'logLoss    0.06120         -',
    ]);
  });
});
