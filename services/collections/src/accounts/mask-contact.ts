import type { ContactData } from '@recoup/contracts';

/** How to reach an account; its name stands beside it. */
export type ContactView = Omit<ContactData, 'name'>;

/** Contact data as an auditor sees it: that it is there, and enough to tell two apart (S4). */
export function maskContact({ addresses, phones, email, language, timeZone }: ContactView): ContactView {
  return {
    addresses: addresses.map(({ country }) => ({ lines: ['…'], ...(country === undefined ? {} : { country }) })),
    phones: phones.map(({ number, ...phone }) => ({ ...phone, number: `…${number.slice(-2)}` })),
    email: email === null ? null : `…${email.slice(email.lastIndexOf('@'))}`,
    language,
    timeZone,
  };
}
