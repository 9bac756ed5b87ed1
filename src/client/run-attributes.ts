import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { PipelinePlan, SourcePlan } from '../contract/pipeline-plan.js';
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
    keyword(searchAttributes.dataset.name, toSourceLabel(plan.source)),
  ];
}

/** Says where data comes from without what may be secret: user, password and query of a URL are left out. */
export function toSourceLabel(source: SourcePlan): string {
  switch (source.kind) {
    case 'artifact':
      return source.name;
    case 'path':
      return source.path;
    case 'url': {
      const { protocol, host, pathname } = new URL(source.url);
      return `${protocol}//${host}${pathname}`;
    }
  }
}
