import { type CombinedError, useQuery } from 'urql';
import { type FragmentType, readFragment } from '../../api/gql';
import type { StartCheckFragment } from '../../api/gql/graphql';
import type { ProtocolDocument } from '../../editor/model/document';
import type { Source } from './plan';
import {
  CheckDocumentQuery,
  ProtocolQuery,
  StartCheck,
  StartVersion,
  TemplateQuery,
  VersionQuery,
} from './queries';

export type Check = StartCheckFragment;
type Version = FragmentType<typeof StartVersion>;
export interface StartSearch {
  protocol?: string | undefined;
  version?: string | undefined;
  template?: string | undefined;
}

export interface Chosen {
  source: Source;
  name: string;
  /** 0 for what is not saved. */
  number: number;
  check: Check;
  document: ProtocolDocument;
}

/** What the address asks to start; undefined while it loads, null when it is not there. */
export function useSource({ protocol, version, template }: StartSearch): {
  chosen: Chosen | null | undefined;
  error: CombinedError | undefined;
} {
  const [saved] = useQuery({
    query: VersionQuery,
    variables: { id: version ?? '' },
    pause: version === undefined,
  });
  const [latest] = useQuery({
    query: ProtocolQuery,
    variables: { id: protocol ?? '' },
    pause: version !== undefined || protocol === undefined,
  });
  const [example] = useQuery({
    query: TemplateQuery,
    variables: { name: template ?? '' },
    pause: template === undefined,
  });
  const document = example.data?.template?.document;
  const [checked] = useQuery({
    query: CheckDocumentQuery,
    variables: { document },
    pause: document === undefined,
  });
  const error = saved.error ?? latest.error ?? example.error ?? checked.error;

  if (version !== undefined) return { chosen: ofVersion(saved.data?.protocolVersion), error };
  if (protocol !== undefined) {
    const found = latest.data?.protocol;
    return { chosen: found ? ofVersion(found.latest) : found, error };
  }
  if (template === undefined) return { chosen: null, error };
  if (example.data && !example.data.template) return { chosen: null, error };
  if (!checked.data) return { chosen: undefined, error };
  const name = nameOf(document) ?? template;
  const check = readFragment(StartCheck, checked.data.checkProtocol);
  const drawn = document as ProtocolDocument;
  return { chosen: { source: { document }, name, number: 0, check, document: drawn }, error };
}

function ofVersion(given: Version | null | undefined): Chosen | null | undefined {
  const found = readFragment(StartVersion, given);
  if (!found) return found;
  return {
    source: { protocolVersion: found.id },
    name: found.protocol.name,
    number: found.number,
    check: readFragment(StartCheck, found.check),
    document: found.document as ProtocolDocument,
  };
}

export function nameOf(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null || !('name' in document)) return undefined;
  return typeof document.name === 'string' ? document.name : undefined;
}
