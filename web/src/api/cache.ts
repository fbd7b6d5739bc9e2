import { type Cache, cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { keyless } from './gql/keyless';

const lists = ['protocols', 'runs', 'devices', 'subjects', 'experiments', 'humanSteps'] as const;
type List = (typeof lists)[number];

/** Their ids are those of a document, the same in many documents. */
const inDocument = ['PictureNode', 'ProtocolChange'];

/**
 * One value per id, however often it is asked for: what a subscription or a
 * mutation brings is at once on every page. Pages of the lists grow together:
 * ask with `after` for more, and the answer has all that came so far.
 */
export const cache = () =>
  cacheExchange({
    keys: Object.fromEntries([...keyless, ...inDocument].map((name) => [name, () => null])),
    resolvers: { Query: Object.fromEntries(lists.map((list) => [list, relayPagination()])) },
    updates: {
      Mutation: {
        startRun: forgets('runs', 'devices'),
        saveProtocol: forgets('protocols'),
        updateProtocol: forgets('protocols'),
        duplicateProtocol: forgets('protocols'),
        saveSubject: forgets('subjects'),
        saveExperiment: forgets('experiments'),
        answerHumanStep: forgets('humanSteps'),
      },
      Subscription: { runs: forgetsWhenNews('runs', 'humanSteps') },
    },
  });

/** Lists are asked for again: what was changed may be new in them. */
function forgets(...names: List[]): UpdateResolver {
  return (_result, _arguments, store) => forget(store, names);
}

/** As forgets, when the value is another than the last of its id. */
function forgetsWhenNews(...names: List[]): UpdateResolver {
  const last = new Map<unknown, unknown>();
  return (result, _arguments, store) => {
    const run = result.runs;
    if (typeof run !== 'object' || run === null || !('id' in run) || !('status' in run)) return;
    if (last.get(run.id) === run.status) return;
    last.set(run.id, run.status);
    forget(store, names);
  };
}

function forget(store: Cache, names: readonly string[]): void {
  for (const field of store.inspectFields('Query')) {
    if (names.includes(field.fieldName)) store.invalidate('Query', field.fieldKey);
  }
}
