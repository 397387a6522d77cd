import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { sendProblem } from './problem.js';

const aYearSeconds = 31_536_000;

/**
 * The built browser app. Files in `assets/` carry a hash in their name and may be kept for ever; `index.html` is asked
 * for again each time, and answers for every path of the app that is no file.
 */
export function staticApp(folder: string): Router {
  const router = Router();
  const index = join(folder, 'index.html');
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: aYearSeconds * 1000, index: false }),
  );
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.use((request, response) => {
    const isPage = request.method === 'GET' && !request.path.startsWith('/assets/') && !/\.\w{1,8}$/.test(request.path);
    if (isPage && existsSync(index)) {
      response.sendFile(index, { headers: { 'Cache-Control': 'no-cache' }, cacheControl: false });
      return;
    }
    const detail = existsSync(index)
      ? 'There is nothing at this address.'
      : 'The console has not been built: run "npm run build".';
    sendProblem(response, { status: 404, code: 'not-found', title: 'Not found', detail });
  });
  return router;
}
