import { describe, expect, it } from '@jest/globals';
import { referralStanding, writtenOff, type ReferralFacts } from './referralStanding.js';

const own = { payerCode: 'SELF', payerType: 'self', payerInvoiceId: null, openedBy: null } as const;
const held = { payerCode: 'COLLECT', payerType: 'generic', payerInvoiceId: null, openedBy: 't1' } as const;
const agency = { payerCode: 'COLLECT', payerType: 'generic', active: true } as const;
const begun = { billLineId: 'b1', typeCode: 'custom-write-off-1', paymentId: 'p1', amount: 8_000 };
const stands = (facts: Partial<ReferralFacts>) =>
  referralStanding({ begun: [], openLines: [], assigned: [], ...facts });

describe('a referral stands', () => {
  it('at the assignment while no agency is assigned, or several are', () => {
    const insurer = { payerCode: 'INS', payerType: 'insurer', active: true } as const;
    const ended = { ...agency, active: false };
    const other = { ...agency, payerCode: 'OTHER' };
    for (const assigned of [[], [insurer], [ended], [agency, other]])
      expect(stands({ openLines: [own], assigned })).toMatchObject({ step: 'assign', payerCode: '' });
  });

  it('at the payment when the one agency is assigned', () => {
    expect(stands({ openLines: [own], assigned: [agency] })).toMatchObject({
      step: 'payment',
      payerCode: 'COLLECT',
      assignedBefore: true,
    });
  });

  it('at the queueing when lines are written off and not queued, also when others are still open', () => {
    for (const openLines of [[], [own], [held]])
      expect(stands({ begun: [begun], openLines, assigned: [agency] })).toMatchObject({
        step: 'queue',
        payerCode: 'COLLECT',
        lines: [{ id: 'b1', openAmount: 8_000 }],
        booked: { paymentId: 'p1' },
      });
  });

  it('at the assignment with its lines kept when no agency is left to queue them to', () => {
    expect(stands({ begun: [begun] })).toMatchObject({ step: 'assign', lines: [{ id: 'b1', openAmount: 8_000 }] });
  });

  it('at the invoice when an agency holds a line that stands on none', () => {
    expect(stands({ openLines: [held], assigned: [agency] })).toMatchObject({
      step: 'invoice',
      payerCode: 'COLLECT',
      booked: { queuedBy: 't1' },
    });
  });

  it('nowhere when nothing is owed and nothing begun', () => {
    expect(stands({ openLines: [{ ...held, payerInvoiceId: 'v1' }], assigned: [agency] })).toBeNull();
  });
});

describe('lines that wait to be queued', () => {
  it('go once, with the amounts of both types', () => {
    const more = { ...begun, typeCode: 'custom-write-off-2', amount: 500 };
    expect(writtenOff([begun, more])).toEqual([{ id: 'b1', openAmount: 8_500 }]);
  });
});
