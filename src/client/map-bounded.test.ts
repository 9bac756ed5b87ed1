import { describe, expect, it } from 'vitest';
import { mapBounded } from './map-bounded.js';

describe('mapBounded', () => {
  it('keeps the order of the items', async () => {
    const results = await mapBounded([3, 1, 2], 2, async (turns) => {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      return turns * 10;
    });
    expect(results).toEqual([30, 10, 20]);
  });

  it('never has more in flight than the limit', async () => {
    let inFlight = 0;
    let most = 0;
    await mapBounded([...Array(20).keys()], 3, async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await Promise.resolve();
      inFlight -= 1;
    });
    expect(most).toBe(3);
  });

  it('rejects with the failure of an item', async () => {
    const work = async (): Promise<void> => {
      throw new Error('broken');
    };
    await expect(mapBounded([1, 2], 2, work)).rejects.toThrow('broken');
  });
});
