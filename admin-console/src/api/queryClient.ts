import { QueryClient } from '@tanstack/react-query';
import { HttpError } from 'react-admin';

const attemptsMax = 2;

/** What a service refused is not asked again; what may be a hiccup is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < attemptsMax && !(error instanceof HttpError && error.status < 500),
    },
  },
});
