import { isNotFound } from '../api/problem.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import type { Asked } from '../feedback/useTrouble.js';
import { NotFoundPage } from './NotFoundPage.js';
import { Page } from './Page.js';
import { PageSkeleton } from './PageSkeleton.js';

/** In the place of a whole page: that there is no such thing, or who does not answer; while it is asked for, its outlines. */
export function PageTrouble({ query }: { query: Asked }) {
  if (isNotFound(query.error)) return <NotFoundPage onLookAgain={() => void query.refetch()} />;
  return (
    <Page>
      <PartTrouble query={query} waiting={<PageSkeleton />} />
    </Page>
  );
}
