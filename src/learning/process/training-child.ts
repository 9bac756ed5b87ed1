import { serveJob } from '../../processes/serve-job.js';
import { runTrainingJob } from './run-training-job.js';
import type { TrainingMessage, TrainingProcessJob, TrainingResult } from './training-job.js';

serveJob<TrainingProcessJob, TrainingMessage, TrainingResult>(runTrainingJob);
