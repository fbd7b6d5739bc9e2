import { askOnce } from '../../api/ask-once';
import { follow } from '../../api/follow';
import { graphql } from '../../api/gql';
import type { RunFeedPresentQuery } from '../../api/gql/graphql';
import { maxHappenings } from '../../plot/raster/happening-log';
import type { Gap } from '../../plot/raster/model';
import { momentMs } from './moment';
import type { Present, RunFeed } from './run-feed';

const Begin = graphql(`
  query RunFeedBegin($id: ID!) {
    run(id: $id) { id counters { trials outcomes { outcome count } cursor } }
  }
`);

const Page = graphql(`
  query RunFeedPage($id: ID!, $last: Int!, $upTo: Cursor!) {
    run(id: $id) {
      id
      events(last: $last, upTo: $upTo) {
        nodes { source at kind name node drawnAs value deviceId }
        before
      }
    }
  }
`);

const PresentQuery = graphql(`
  query RunFeedPresent($id: ID!) {
    run(id: $id) {
      id
      steps { node startedAt endedAt }
      activeStates { deviceId node drawnAs }
      variables { node name value }
      gaps { kind from to deviceId }
    }
  }
`);

const RunEvents = graphql(`
  subscription RunFeedEvents($runId: ID!, $after: Cursor) {
    runEvents(runId: $runId, after: $after) {
      cursor source at kind name node drawnAs value deviceId
    }
  }
`);

const pageRows = 1_000;
/** So many are loaded without being asked for. */
const rowsAtFirst = 5_000;

export interface Listener {
  /** What a page shows at first is there. */
  loaded(): void;
  error(message: string): void;
  /** The server has nothing more to say, ever. */
  complete(): void;
}

/**
 * Fills a feed: first counts what is stored, up to a cursor; from there it
 * follows what comes, and reads back what was, a page at a time. So a run of
 * days opens as fast as one of minutes, and nothing is missing or twice.
 */
export class RunLoader {
  /** Where what is loaded begins; null: at the beginning of the run; undefined: nothing is loaded. */
  #before: string | null | undefined;
  #loading: Promise<void> | null = null;
  readonly #ends = new Set<() => void>();

  constructor(
    readonly id: string,
    readonly feed: RunFeed,
  ) {
    feed.raster.older = 'loading';
  }

  /** Begins, or goes on after it was ended. Returns what ends it. */
  start(listener: Listener): () => void {
    let stopped = false;
    const run = async () => {
      if (this.#before === undefined) {
        const { counters } = await this.#ask(Begin, { id: this.id });
        this.feed.cursor = counters.cursor;
        this.#before = counters.cursor;
        this.feed.trials.countBefore(counters.trials, counters.outcomes);
      }
      if (stopped) return;
      this.#ends.add(this.#follow(listener, () => stopped));
      const present = this.#ask(PresentQuery, { id: this.id });
      await this.#older();
      listener.loaded();
      this.feed.tellPresent(presentOf(await present, this.feed.originMs));
      while (!stopped && this.feed.raster.happenings.length < rowsAtFirst && this.#before) {
        await this.#older();
      }
    };
    run().catch((error) => listener.error(error instanceof Error ? error.message : String(error)));
    this.#offer();
    return () => {
      stopped = true;
      for (const end of this.#ends) end();
      this.#ends.clear();
      this.#loading = null;
    };
  }

  #follow(listener: Listener, stopped: () => boolean): () => void {
    return follow(
      RunEvents,
      { runId: this.id, after: this.feed.cursor },
      {
        cursor: ({ runEvents }) => runEvents.cursor,
        // To be stopped completes it, too, which is not its end.
        next: ({ runEvents }) => {
          if (stopped()) return;
          this.feed.push(runEvents);
          this.feed.cursor = runEvents.cursor;
        },
        error: listener.error,
        complete: () => {
          if (stopped()) return;
          this.feed.finish();
          listener.complete();
        },
      },
    );
  }

  /** Loads the page before what is loaded; one at a time. */
  #older(): Promise<void> {
    this.#loading ??= this.#page().finally(() => {
      this.#loading = null;
      this.#offer();
    });
    return this.#loading;
  }

  async #page(): Promise<void> {
    const upTo = this.#before;
    if (!upTo) return;
    this.feed.raster.older = 'loading';
    const { events } = await this.#ask(Page, { id: this.id, last: pageRows, upTo });
    this.#before = events.before;
    this.feed.prepend(events.nodes);
  }

  /** Says whether older ones can be asked for. */
  #offer(): void {
    const { raster } = this.feed;
    if (!this.#before) raster.older = this.#before === null ? null : 'loading';
    else if (raster.happenings.length + pageRows > maxHappenings) raster.older = 'too much';
    else raster.older = () => void this.#older().catch(() => {});
  }

  async #ask<Data extends { run: Run | null }, Run, Variables extends Record<string, unknown>>(
    document: Parameters<typeof askOnce<Data, Variables>>[0],
    variables: Variables,
  ): Promise<NonNullable<Data['run']>> {
    const { answer, end } = askOnce(document, variables);
    this.#ends.add(end);
    const { run } = await answer;
    this.#ends.delete(end);
    if (!run) throw new Error(`There is no run ${this.id}.`);
    return run;
  }
}

const gapKinds = { DEVICE_LOST: 'lost', INTERRUPTED: 'interrupted', PAUSED: 'paused' } as const;

function presentOf(run: NonNullable<RunFeedPresentQuery['run']>, originMs: number): Present {
  const since = (at: string) => momentMs(at) - originMs;
  return {
    steps: run.steps.map(({ node, startedAt, endedAt }) => ({
      node,
      startedAt: since(startedAt),
      endedAt: endedAt ? since(endedAt) : null,
    })),
    states: run.activeStates,
    variables: run.variables,
    gaps: run.gaps.map(
      ({ kind, from, to, deviceId }): Gap => ({
        kind: gapKinds[kind],
        from: since(from),
        to: to ? since(to) : Number.POSITIVE_INFINITY,
        about: deviceId ?? '',
      }),
    ),
  };
}
