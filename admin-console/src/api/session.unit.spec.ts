import { describe, expect, it, jest } from '@jest/globals';
import type { Identity } from './identity.js';
import { PageSession } from './session.js';

const sue: Identity = {
  user: 'sue',
  name: 'Sue',
  role: 'supervisor',
  offices: ['*'],
  testClock: false,
  signedInAt: 1,
};

function pageOf(identity: Identity | undefined) {
  const leave = jest.fn();
  const session = new PageSession(leave);
  if (identity) session.begin(identity);
  let goneOn = false;
  const waits = () => session.renewed().then(() => (goneOn = true));
  return { session, leave, waits, goneOn: () => goneOn };
}

describe('the session under an open page', () => {
  it('sends a page that is nobody’s yet to the sign-in', () => {
    const { leave, waits, session } = pageOf(undefined);
    void waits();
    expect(leave).toHaveBeenCalledTimes(1);
    expect(session.snapshot()).toEqual({ over: false });
  });

  it('keeps what is asked after its end waiting until the same person has signed in again', async () => {
    const { session, leave, waits, goneOn } = pageOf(sue);
    const told: boolean[] = [];
    session.subscribe(() => told.push(session.snapshot().over));
    const [first, second] = [waits(), waits()];
    expect(session.snapshot()).toEqual({ over: true, other: undefined });
    expect(leave).not.toHaveBeenCalled();
    session.found({ ...sue, signedInAt: 2 });
    await Promise.all([first, second]);
    expect([goneOn(), session.snapshot().over, told]).toEqual([true, false, [true, false]]);
  });

  it('does not take the session that was refused for a new one', async () => {
    const { session, waits, goneOn } = pageOf(sue);
    void waits();
    session.found(sue);
    await Promise.resolve();
    expect([goneOn(), session.snapshot().over]).toEqual([false, true]);
  });

  it('does not go on in the name of somebody else, nor with another role or other offices', async () => {
    for (const other of [{ user: 'bob' }, { role: 'collector' as const }, { offices: ['ATL'] }]) {
      const { session, waits, goneOn } = pageOf(sue);
      void waits();
      session.found({ ...sue, ...other, signedInAt: 2 });
      await Promise.resolve();
      expect(goneOn()).toBe(false);
      expect(session.snapshot()).toMatchObject({ over: true, other });
    }
  });
});
