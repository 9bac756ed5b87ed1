/**
 * Modules that implement each step, as paths below dist/: the activity, what is handed to it at run time, and the
 * entries of its child processes with the jobs that it asks of them. What these import belongs to the step too.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const stepModules = {
  download: ['activities/download-sources.js', 'dataset/sources/sqlite/sqlite-child.js'],
  validate: [
    'activities/validate-dataset.js',
    ...sql('read-source', 'find-lines', 'check-table', 'merge-tables'),
  ],
  transform: ['activities/transform-dataset.js', ...sql('transform-table', 'check-table')],
  prepare: ['activities/prepare-splits.js', ...sql('split-table', 'read-table')],
  tune: [
    'workflows/tuning-study-workflow.js',
    'activities/find-study.js',
    'activities/suggest-trial.js',
    'activities/run-trial.js',
    'learning/process/training-child.js',
    ...sql('read-table'),
  ],
  train: ['activities/train-model.js', 'learning/process/training-child.js', ...sql('read-table')],
  evaluate: [
    'activities/evaluate-model.js',
    'dataset/derive/derive-process.js',
    'dataset/derive/derive-child.js',
    ...sql('read-table', 'sample-rows'),
  ],
  register: ['activities/register-model.js', 'registry/model-registry.js'],
  promote: ['activities/promote-model.js', 'registry/model-registry.js'],
};

/** @param {string[]} jobs */
function sql(...jobs) {
  return [
    'dataset/dataset-engine.js',
    'dataset/sql-child.js',
    ...jobs.map((job) => `dataset/jobs/${job}.js`),
  ];
}

/** Loads the job at hand only, so a step names its jobs itself. */
export const jobDispatcher = 'dataset/sql-child.js';
export const jobsFolder = 'dataset/jobs/';

/**
 * Modules and packages that carry results, records and errors without deciding what a result is: artifacts are
 * named by their digest and checked at both ends, errors are never kept, and a process that is ended gives nothing.
 * Were they counted, a change to a log line would train every model again.
 */
export const plumbing = [
  /^processes\//,
  /^cache\//,
  /^artifacts\/(?!canonical-json\.js|safetensors\.js)/,
  /^activities\/(activity-dependencies|attempt-log|run-attempt|run-cached|to-application-failure|to-step-request|translate-errors)\.js$/,
  /^contract\/(errors|ids|messages|run-keys|search-attributes|steps|task-queues|workflows)\.js$/,
  /^workflows\/(activity-proxies|to-failure-summary)\.js$/,
  /^npm:@temporalio\//,
];
