import { printBenchReport } from './bench-report.js';
import { measureLightgbm } from './training/lightgbm.js';
import { measureFamilies } from './training/measure-families.js';
import { measureMlp } from './training/measure-mlp.js';

// How fast models learn: an MLP step by step beside the trainers that people use, whole epochs of our kinds of networks
// on the diamonds, and LightGBM beside its Python package. All on one thread.

const quick = process.argv.includes('--quick');
const withPeers = !process.argv.includes('--no-peers');

printBenchReport('training', [
  ...(await measureMlp({ quick, withPeers, env: process.env })),
  ...(await measureFamilies(quick)),
  ...(await measureLightgbm({ quick, withPeers })),
]);
