// A child whose behavior its job names; imported from the built tree like every child.
import { spawn } from 'node:child_process';
import { RecetaError } from '../../../dist/contract/errors.js';
import { serveJob } from '../../../dist/processes/serve-job.js';

const never = () => new Promise((resolve) => setTimeout(resolve, 2 ** 30));

const behaviors = {
  double: async (job) => job.value * 2,
  describe: async () => ({ pid: process.pid, env: process.env, execArgv: process.execArgv }),
  'echo-bytes': async (job) => job.bytes.map((byte) => byte + 1),
  count: async (job, report) => {
    for (let number = 0; number < job.upTo; number += 1) report({ number });
    return 'counted';
  },
  'fail-typed': async () => {
    throw new RecetaError('sql-invalid', 'The SQL is wrong.', {
      problems: [{ message: 'near "FORM"', line: 3, column: 7 }],
    });
  },
  'fail-unexpected': () => {
    throw new TypeError('cannot read it');
  },
  exit: async (job) => {
    for (let line = 1; line <= 40; line += 1) console.error(`line ${line}`);
    process.exit(job.code);
  },
  'die-by': async (job) => {
    process.kill(process.pid, job.signal);
    await never();
  },
  'allocate-without-end': async () => {
    const kept = [];
    for (;;) {
      kept.push(Buffer.alloc(20 * 2 ** 20, 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
  wait: async (_job, report) => {
    report({ pid: process.pid });
    await never();
  },
  'wait-deaf-to-term': async (_job, report) => {
    process.on('SIGTERM', () => report({ heard: 'SIGTERM' }));
    report({ pid: process.pid });
    await never();
  },
  'block-thread': (_job, report) => {
    report({ pid: process.pid });
    // Lets the report leave before the thread stops answering, as it does inside native code.
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
    return never();
  },
  'linger-after-result': async () => {
    process.exit = () => undefined;
    setInterval(() => undefined, 1_000);
    return 'answered';
  },
  'start-grandchild': async (_job, report) => {
    const grandchild = spawn('/bin/sleep', ['600'], { stdio: 'inherit' });
    report({ pid: grandchild.pid });
    await never();
  },
};

serveJob((job, report) => behaviors[job.behavior](job, report));
