import type { SourceLocation } from '../../contract/pipeline-plan.js';
import { describeUrl } from './http/source-url.js';

/** A location for people: without the queries of URLs, where access tokens live. */
export function describeLocation(location: SourceLocation): unknown {
  switch (location.kind) {
    case 'artifacts':
      return { kind: location.kind, files: location.files.map(({ name }) => name) };
    case 'url':
      return { kind: location.kind, urls: location.urls.map((url) => describeUrl(new URL(url))) };
    case 'sqlite':
      return { ...location, file: describeLocation(location.file) };
    default:
      return location;
  }
}
