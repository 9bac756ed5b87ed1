import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { RecetaError } from '../../contract/errors.js';
import { renderError } from './render-error.js';

const options = { colors: pc.createColors(false), fileName: 'p.yaml', debug: false };

describe('renderError', () => {
  it('shows message, problems with their place, and what to do', () => {
    const error = new RecetaError('temporal-unavailable', 'Temporal did not answer', {
      problems: [{ message: 'connection refused', path: '127.0.0.1:7233' }],
    });
    expect(renderError(error, options)).toEqual([
      'error: Temporal did not answer',
      '  127.0.0.1:7233: connection refused',
      'hint: start the embedded stack with `receta up`, or point TEMPORAL_ADDRESS to a server',
    ]);
  });

  it('does not repeat problems that the message lists', () => {
    const message = 'S3_ENDPOINT is not a URL';
    const error = new RecetaError('config-invalid', `The configuration is wrong:\n- ${message}`, {
      problems: [{ message, path: 'S3_ENDPOINT' }],
    });
    expect(renderError(error, options)).toEqual([
      `error: The configuration is wrong:\n- ${message}`,
    ]);
  });

  it('shows no stack of an unexpected error, but says how to see it', () => {
    expect(renderError(new TypeError('x is undefined'), options)).toEqual([
      'error: x is undefined',
      'hint: this is a defect of Receta; RECETA_DEBUG=1 shows where it happened',
    ]);
  });

  it('shows the stack when debugging', () => {
    const lines = renderError(new TypeError('x is undefined'), { ...options, debug: true });
    expect(lines[0]).toBe('error: x is undefined');
    expect(lines[1]).toMatch(/^\s+at .*render-error\.test\.ts/);
  });

  it('survives thrown values that are no errors', () => {
    expect(renderError(undefined, options)[0]).toBe('error: undefined');
    expect(renderError(new Error(''), options)[0]).toBe('error: unknown error');
  });
});
