import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePorts } from './choose-ports.js';
import { findFreePort } from './free-port.js';

test('the first free wish is taken, and another port where a wish is busy', async () => {
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const busyPort = (busy.address() as AddressInfo).port;
  const [temporal, minio] = [await findFreePort(), await findFreePort()];

  const ports = await choosePorts([
    { temporal },
    { temporal: 1, temporalUi: busyPort, minio, api: 0 },
  ]);

  expect(ports).toMatchObject({ temporal, minio });
  expect(ports.temporalUi).not.toBe(busyPort);
  expect(new Set(Object.values(ports)).size).toBe(4);
  busy.close();
});

test('two parts never get the same port', async () => {
  const port = await findFreePort();
  const ports = await choosePorts([{ temporal: port, temporalUi: port, minio: port, api: port }]);

  expect(ports.temporal).toBe(port);
  expect(new Set(Object.values(ports)).size).toBe(4);
});

test('a wish of 0 means any free port, whatever comes after it', async () => {
  const usual = await findFreePort();

  expect((await choosePorts([{ api: 0 }, { api: usual }])).api).not.toBe(usual);
});
