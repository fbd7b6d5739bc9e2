import type { AnimalInput, StartDryRunInput } from '../api/gql/graphql';

/** What the form of a dry-run holds. Absent numbers are left to the server. */
export interface Settings {
  animal: AnimalInput;
  seed: number;
  untilMinutes: number | null;
  parameters: Record<string, unknown>;
  /** Of the many. */
  animals: number;
  spread: number;
}

export const firstSettings: Settings = {
  animal: {},
  seed: 1,
  untilMinutes: null,
  parameters: {},
  animals: 200,
  spread: 0.3,
};

const minuteMs = 60_000;

export function inputOf(settings: Settings, document: unknown, many: boolean): StartDryRunInput {
  const { animal, seed, untilMinutes, parameters, animals, spread } = settings;
  return {
    document,
    seed,
    animal,
    ...(untilMinutes === null ? {} : { untilMs: untilMinutes * minuteMs }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(many ? { animals, spread } : {}),
  };
}

type Animal = keyof AnimalInput;

/** The character of the animal, in the order of the form. Shares are shown in percent. */
export const animalFields: readonly {
  name: Animal;
  unit: string;
  share?: boolean;
  minimum: number;
  maximum?: number;
}[] = [
  { name: 'accuracy', unit: '%', share: true, minimum: 0, maximum: 100 },
  { name: 'reactionMs', unit: 'ms', minimum: 0 },
  { name: 'reactionSigma', unit: '', minimum: 0 },
  { name: 'laziness', unit: '%', share: true, minimum: 0, maximum: 100 },
  { name: 'impulsivity', unit: '/min', minimum: 0 },
  { name: 'initiation', unit: '/min', minimum: 0 },
  { name: 'pokeMs', unit: 'ms', minimum: 0 },
  { name: 'holdMs', unit: 'ms', minimum: 0 },
];
