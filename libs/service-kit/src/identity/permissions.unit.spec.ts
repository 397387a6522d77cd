import { describe, expect, it } from '@jest/globals';
import { role } from './actor.js';
import {
  actions,
  bulkActionPermissions,
  may,
  mayPreview,
  permissions,
  type Action,
  type BulkActionPermission,
  type Resource,
} from './permissions.js';

const resources = Object.keys(permissions) as Resource[];
const types = Object.keys(bulkActionPermissions) as BulkActionPermission[];
const cells = (action: Action, who: 'collector' | 'supervisor' | 'administrator' | 'auditor'): Resource[] =>
  resources.filter((resource) => may(who, resource, action));

describe('the role table', () => {
  it('lets an auditor read everything that is to be read, and change nothing', () => {
    expect(cells('read', 'auditor')).toEqual(resources.filter((resource) => 'read' in permissions[resource]));
    for (const action of ['create', 'edit', 'delete', 'run'] as const) expect(cells(action, 'auditor')).toEqual([]);
  });

  it('lets a collector act on accounts and on nothing that is set up or booked', () => {
    expect(cells('create', 'collector')).toEqual(['disputes', 'bulk-actions']);
    expect(cells('edit', 'collector')).toEqual(['disputes', 'account-stage', 'account-flags']);
    expect(cells('run', 'collector')).toEqual(['bulk-actions']);
  });

  it('leaves reference data and the clock to administrators, agencies and jobs to supervisors', () => {
    expect(may('administrator', 'flags', 'create')).toBe(true);
    expect(may('supervisor', 'flags', 'create')).toBe(false);
    expect(may('administrator', 'clock', 'edit')).toBe(true);
    expect(may('supervisor', 'clock', 'edit')).toBe(false);
    expect(may('supervisor', 'agencies', 'edit')).toBe(true);
    expect(may('administrator', 'jobs', 'run')).toBe(false);
  });

  it('answers for every cell, and nobody may delete but administrators what can not be read', () => {
    for (const who of role.options)
      for (const resource of resources)
        for (const action of actions) expect(typeof may(who, resource, action)).toBe('boolean');
    const deletions = role.options.map((who) => [who, cells('delete', who)]);
    expect(deletions).toEqual([
      ['collector', []],
      ['supervisor', []],
      ['administrator', ['parked-messages']],
      ['auditor', []],
    ]);
  });
});

describe('bulk actions', () => {
  it('of collectors are flags, stage, message and export; supervisors have all, the others none', () => {
    const allowed = (who: (typeof role.options)[number]) => types.filter((type) => mayPreview(who, type));
    expect(allowed('collector')).toEqual(['flags', 'update-stage', 'send-message', 'export']);
    expect(allowed('supervisor')).toEqual(types);
    expect([...allowed('administrator'), ...allowed('auditor')]).toEqual([]);
  });
});
