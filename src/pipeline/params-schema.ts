import { z } from 'zod';

const wantedValue = 'a number, a text, true or false, which a run takes unless it is given another';

const number = z
  .number()
  .refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), {
    error: 'has more digits than a number keeps; put it in quotes',
  });

/** Defaults of the parameters of a run, by name. */
export const paramsSchema = z.record(
  z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
      'a letter or "_", then letters, digits and "_", at most 63',
    )
    .meta({ title: 'name' }),
  z.union([number, z.string(), z.boolean()], { error: wantedValue }),
  { error: 'a section of parameters with their defaults' },
);
