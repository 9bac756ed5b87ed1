import { describe, expect, it } from 'vitest';
import { createPredictionRequest, toCurlLine } from './prediction-request.js';

const api = { url: 'http://127.0.0.1:8080', key: null };
const rows = [{ island: "O'Brien" }];

describe('createPredictionRequest', () => {
  it.each([
    [{ kind: 'default' } as const, '/v1/models/penguins:predict'],
    [{ kind: 'alias', alias: 'champion' } as const, '/v1/models/penguins/labels/champion:predict'],
    [{ kind: 'version', version: 2 } as const, '/v1/models/penguins/versions/2:predict'],
  ])('puts %j into the path', (selector, path) => {
    const request = createPredictionRequest(api, 'penguins', selector, rows, {
      probabilities: false,
    });
    expect(request.url).toBe(`http://127.0.0.1:8080${path}`);
    expect(JSON.parse(request.body)).toEqual({ instances: rows });
  });

  it('asks for probabilities only when told to', () => {
    const request = createPredictionRequest(api, 'm', { kind: 'default' }, rows, {
      probabilities: true,
    });
    expect(JSON.parse(request.body)).toEqual({
      instances: rows,
      probabilities: true,
    });
  });
});

describe('toCurlLine', () => {
  it('is a line that a shell understands', () => {
    const request = createPredictionRequest(api, 'm', { kind: 'default' }, rows, {
      probabilities: false,
    });
    expect(toCurlLine(request)).toBe(
      `curl -s http://127.0.0.1:8080/v1/models/m:predict -H 'content-type: application/json' -d '{"instances":[{"island":"O'\\''Brien"}]}'`,
    );
  });

  it('never shows the key', () => {
    const request = createPredictionRequest(
      { ...api, key: 'secret-key' },
      'm',
      { kind: 'default' },
      rows,
      { probabilities: false },
    );
    expect(request.headers.authorization).toBe('Bearer secret-key');
    expect(toCurlLine(request)).not.toContain('secret-key');
    expect(toCurlLine(request)).toContain('Bearer $RECETA_API_KEY');
  });
});
