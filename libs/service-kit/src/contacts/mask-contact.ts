import type { ContactData } from '@recoup/contracts';

/** Contact data as an auditor sees it: that it is there, and enough to tell two apart; what else the view has stays (S4). */
export function maskContact<V extends Pick<ContactData, 'addresses' | 'phones' | 'email'>>(view: V): V {
  const { addresses, phones, email } = view;
  return {
    ...view,
    addresses: addresses.map(({ country }) => ({ lines: ['…'], ...(country === undefined ? {} : { country }) })),
    phones: phones.map(({ number, ...phone }) => ({ ...phone, number: `…${number.slice(-2)}` })),
    email: email === null ? null : `…${email.slice(email.lastIndexOf('@'))}`,
  };
}
