import { describe, expect, it } from 'vitest';
import { decideGates } from './decide-gates.js';

const metrics = { accuracy: 0.9, logLoss: 0.3 };

describe('decideGates', () => {
  it('passes without gates', () => {
    expect(decideGates([], metrics)).toEqual({ passed: true, refusals: [] });
  });

  it('passes a model on its bounds', () => {
    const gates = [
      { metric: 'accuracy', min: 0.9, max: 0.9 },
      { metric: 'logLoss', min: null, max: 0.3 },
    ];
    expect(decideGates(gates, metrics)).toEqual({ passed: true, refusals: [] });
  });

  it('refuses with one sentence for each bound that is not kept', () => {
    const gates = [
      { metric: 'accuracy', min: 0.95, max: null },
      { metric: 'logLoss', min: 0.4, max: 0.2 },
    ];
    expect(decideGates(gates, metrics)).toEqual({
      passed: false,
      refusals: [
        'accuracy is 0.9, but must be at least 0.95',
        'logLoss is 0.3, but must be at least 0.4',
        'logLoss is 0.3, but must be at most 0.2',
      ],
    });
  });

  it('refuses when the metric is not defined for the rows', () => {
    const gates = [{ metric: 'rocAuc', min: 0.5, max: null }];
    const refusals = ['rocAuc is not defined for the test part'];
    expect(decideGates(gates, metrics)).toEqual({ passed: false, refusals });
    expect(decideGates(gates, { rocAuc: Number.NaN })).toEqual({ passed: false, refusals });
  });

  it('throws for metrics that do not exist, listing all of them', () => {
    const gates = [
      { metric: 'acuracy', min: 0.5, max: null },
      { metric: 'accuracy', min: 0.5, max: null },
      { metric: 'speed', min: 1, max: null },
    ];
    expect(() => decideGates(gates, metrics)).toThrow(
      expect.objectContaining({
        code: 'pipeline-invalid',
        problems: [
          {
            path: 'gates.acuracy',
            message: expect.stringMatching(
              /^gates.acuracy is not a metric; known are accuracy, .*rmseLog$/,
            ),
          },
          expect.objectContaining({ path: 'gates.speed' }),
        ],
      }),
    );
  });
});
