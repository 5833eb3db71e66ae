import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OutputOf } from '../../contract.ts';
import { features } from '../../map-contract.ts';
import { query } from '../api.ts';
import { keyOf } from '../use-api.ts';
import type { Points } from './matter-layers.ts';

const limit = 5000;
type Answer = OutputOf<typeof features>;

/** The points of all chosen layers within the view, in one collection; which layers failed, and whether there were more. */
export function usePoints(layers: readonly string[], bbox: string | undefined) {
  return useQueries({
    queries: layers.map((layer) => ({
      queryKey: keyOf(features, { layer, bbox }),
      queryFn: ({ signal }: { signal: AbortSignal }) => query<Answer>('map.features', { layer, bbox, limit }, signal),
      enabled: bbox !== undefined,
      placeholderData: (before: Answer | undefined) => before,
      staleTime: 30_000,
    })),
    combine: (answers) => ({
      lists: answers.map((answer) => answer.data),
      failed: layers.filter((_, i) => answers[i]?.isError),
      cut: answers.some((answer) => answer.data?.cut === true),
    }),
  });
}

export function useMerged(lists: readonly (Answer | undefined)[]): Points {
  return useMemo(
    () => ({ type: 'FeatureCollection', features: lists.flatMap((list) => (list?.features ?? []) as Points['features']) }),
    [lists],
  );
}
