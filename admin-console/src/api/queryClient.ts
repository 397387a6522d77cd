import { QueryClient } from '@tanstack/react-query';
import { mayAskAgain, pauseMilliseconds } from './askAgain.js';

/** What a service refused is not asked again; what may be a hiccup is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: mayAskAgain,
      retryDelay: pauseMilliseconds,
    },
  },
});
