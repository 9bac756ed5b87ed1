/** Entry of the workflow bundle: exactly the workflow types that workers serve. */
export { pipelineWorkflow } from './pipeline-workflow.js';
export { tuningStudyWorkflow } from './tuning-study-workflow.js';
