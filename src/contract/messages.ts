/** Query of pipelineWorkflow: answers a RunProgress (its trials only once the study has ended). */
export const progressQueryName = 'progress';

/** Query of tuningStudyWorkflow: answers TrialSummary[] while the study runs. */
export const trialsQueryName = 'trials';
