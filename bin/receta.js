#!/usr/bin/env node
// The launcher: works before anything is installed, so it imports nothing but Node's own modules until it knows more.
const [command, ...args] = process.argv.slice(2);

if (command === 'doctor') {
  const { doctor } = await import('../tools/doctor.mjs');
  process.exitCode = await doctor(args);
} else {
  const { findStaleness } = await import('../tools/build/find-staleness.mjs');
  const staleness = findStaleness();
  if (staleness === null) {
    if (command === 'up' || command === 'demo') {
      const { locateServers } = await import('../tools/setup/locate-servers.mjs');
      Object.assign(process.env, await locateServers());
    }
    await import('../dist/bin/receta.js');
  } else {
    process.stderr.write(`${staleness} Run \`npm run setup\`, then repeat the command.\n`);
    process.exitCode = 2;
  }
}
