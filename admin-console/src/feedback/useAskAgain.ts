import { useEffect, useEffectEvent } from 'react';

/** How long after an answer that did not come the same is asked again. */
export const askedAgainAfterSeconds = 5;

/** Asks again by itself after a while, as long as it is `wanted`: whoever waits need not press anything. */
export function useAskAgain(wanted: boolean, ask: () => void): void {
  const again = useEffectEvent(ask);
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setTimeout(again, askedAgainAfterSeconds * 1_000);
    return () => clearTimeout(timer);
  }, [wanted]);
}
