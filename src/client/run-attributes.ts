import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { PipelinePlan, SourceLocation } from '../contract/pipeline-plan.js';
import { searchAttributes } from '../contract/search-attributes.js';

/** Keywords longer than this are refused by some stores of Temporal's visibility. */
const keywordLength = 250;

function keyword(name: string, value: string): SearchAttributePair {
  return { key: defineSearchAttributeKey(name, 'KEYWORD'), value: value.slice(0, keywordLength) };
}

/** Search attributes that a run has from its start. */
export function toRunAttributes(plan: PipelinePlan): SearchAttributePair[] {
  return [
    keyword(searchAttributes.pipeline.name, plan.name),
    keyword(searchAttributes.model.name, plan.name),
    keyword(searchAttributes.dataset.name, toSourceLabel(plan.sources)),
  ];
}

/**
 * Says where data comes from without what may be secret: user, password and query of a URL, and the SQL sent to a
 * database, are left out.
 */
export function toSourceLabel(sources: PipelinePlan['sources']): string {
  return Object.values(sources)
    .map(({ location }) => labelLocation(location))
    .join(', ');
}

function labelLocation(location: SourceLocation): string {
  switch (location.kind) {
    case 'artifacts':
      return labelFirst(location.files.map(({ name }) => name));
    case 'path':
      return labelFirst(location.paths);
    case 'url':
      return labelFirst(location.urls.map(hideSecrets));
    case 's3':
      return labelFirst(location.keys.map((key) => `s3://${location.bucket}/${key}`));
    case 'postgres':
      return `postgres:${location.connection}`;
    case 'sqlite':
      return labelLocation(location.file);
  }
}

function labelFirst([first = 'nothing', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function hideSecrets(text: string): string {
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}
