import { expect, test } from 'vitest';
import { parts } from './parts.mjs';
import { runInOrder } from './run-in-order.mjs';

interface Step {
  readonly name: string;
  readonly needs: readonly string[];
  readonly lane?: string;
}

/** Runs steps that end when told to, and notes what was started. */
function startSteps(steps: readonly Step[]) {
  const started: string[] = [];
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const failures: unknown[] = [];
  const finished = runInOrder(
    steps,
    ({ name }: Step) => {
      started.push(name);
      return new Promise<void>((resolve, reject) => ends.set(name, { resolve, reject }));
    },
    (error: unknown) => failures.push(error),
  );
  return { started, failures, finished, end: (name: string) => ends.get(name) };
}

test('steps run beside each other, but one at a time in a lane and after what they need', async () => {
  const { started, finished, end } = startSteps([
    { name: 'packages', needs: [] },
    { name: 'addon', needs: ['packages'] },
    { name: 'temporal', needs: [], lane: 'go' },
    { name: 'minio', needs: [], lane: 'go' },
  ]);
  expect(started).toEqual(['packages', 'temporal']);

  end('packages')?.resolve();
  await expect.poll(() => started).toEqual(['packages', 'temporal', 'addon']);
  end('temporal')?.resolve();
  await expect.poll(() => started.at(-1)).toBe('minio');
  end('addon')?.resolve();
  end('minio')?.resolve();

  await expect(finished).resolves.toBeUndefined();
});

test('a need that is not among the steps counts as met', async () => {
  const { started, finished, end } = startSteps([{ name: 'addon', needs: ['packages'] }]);
  expect(started).toEqual(['addon']);
  end('addon')?.resolve();
  await finished;
});

test('after a failure nothing more starts, and what runs is waited for', async () => {
  const { started, failures, finished, end } = startSteps([
    { name: 'packages', needs: [] },
    { name: 'temporal', needs: [] },
    { name: 'addon', needs: ['packages'] },
  ]);
  const failure = new Error('no space left');
  end('packages')?.reject(failure);
  await expect.poll(() => failures).toEqual([failure]);
  end('temporal')?.resolve();

  await expect(finished).rejects.toBe(failure);
  expect(started).toEqual(['packages', 'temporal']);
});

test('steps that need each other are refused', async () => {
  const steps = [
    { name: 'a', needs: ['b'] },
    { name: 'b', needs: ['a'] },
  ];
  await expect(runInOrder(steps, async () => undefined)).rejects.toThrow('a, b');
});

test('the real parts can be put in an order in which the addon follows packages and library', async () => {
  const order: string[] = [];
  await runInOrder(parts, async ({ name }: Step) => {
    order.push(name);
  });

  expect(order).toHaveLength(parts.length);
  expect(order.indexOf('addon')).toBeGreaterThan(order.indexOf('packages'));
  expect(order.indexOf('addon')).toBeGreaterThan(order.indexOf('tensorflow'));
  expect(order.indexOf('build')).toBeGreaterThan(order.indexOf('packages'));
});
