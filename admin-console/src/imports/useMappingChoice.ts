import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useStore } from 'react-admin';
import { asOwnMapping, keptJson, keptMapping, namesOfKind, replacedBy } from './keptMapping.js';
import {
  dateFormats,
  fieldsOf,
  guessColumns,
  isComplete,
  mappingJson,
  mappingKinds,
  readHeaderOf,
  type KnownMapping,
  type MappingFieldView,
  type MappingKind,
  type OwnMapping,
} from './mapping.js';
import { useMappings } from './useMappings.js';

/** Stands among the mappings' names for one that is made on the screen; no name may begin so. */
export const ownMapping = '{own}';

/** What is chosen of kind and mapping, and how it is chosen otherwise. */
export interface MappingChoice {
  kind: MappingKind;
  /** Names of the mappings of that kind, those that ship first. */
  names: readonly string[];
  name: string;
  /** The kept mapping that is chosen. */
  kept: KnownMapping | undefined;
  /** The kept mapping whose name the one that is made has. */
  replaced: KnownMapping | undefined;
  fields: readonly MappingFieldView[];
  /** Columns of the file; null when its first line names none, undefined while they are read. */
  header: readonly string[] | null | undefined;
  own: OwnMapping;
  /** What is sent: a name, or the mapping as JSON; undefined while it lacks something. */
  mapping: string | undefined;
  /** One chosen file and mapping is one intention: sent again after a cut connection, it stays one import. */
  key: string;
  chooseKind: (kind: MappingKind) => void;
  chooseName: (name: string) => void;
  changeOwn: (own: OwnMapping) => void;
  /** Begins to change the kept mapping that is chosen. */
  changeKept: () => void;
  renewKey: () => void;
}

/** Keeps what is chosen for a file; the columns of a mapping that is made begin with a guess by their names. */
export function useMappingChoice(file: File | undefined): MappingChoice {
  const mappings = useMappings();
  const header = useHeader(file);
  // In memory, so that the file with its bad rows mended goes the same way as the first.
  const [kind, setKind] = useStore<MappingKind>('imports.kind', mappingKinds[0]);
  const [chosen, setChosen] = useStore<string | undefined>('imports.mapping');
  const [made, setMade] = useStore<{ for: string; own: OwnMapping } | undefined>('imports.own');
  const [key, setKey] = useState('');
  const renewKey = () => setKey(crypto.randomUUID());
  const names = namesOfKind(mappings, kind);
  // One that was removed meanwhile is not chosen any more.
  const name = chosen !== undefined && [...names, ownMapping].includes(chosen) ? chosen : (names[0] ?? '');
  const kept = keptMapping(mappings, name);
  const fields = fieldsOf(mappings, kind);
  const subject = `${kind}\n${(header ?? []).join('\n')}`;
  const begun = { name: `my-${kind}`, columns: guessColumns(fields, header ?? []), dates: dateFormats[0], offices: [] };
  const own: OwnMapping = made?.for === subject ? made.own : begun;
  const ownJson = header && isComplete(fields, own) ? mappingJson(kind, own, fields) : undefined;
  return {
    kind,
    names,
    name,
    kept,
    replaced: replacedBy(own, mappings),
    fields,
    header,
    own,
    mapping: name === ownMapping ? ownJson : kept ? keptJson(kept) : name || undefined,
    key,
    chooseKind: (given) => {
      setKind(given);
      setChosen(chosen === ownMapping ? ownMapping : undefined);
      renewKey();
    },
    chooseName: (given) => {
      setChosen(given);
      renewKey();
    },
    changeOwn: (changed) => {
      setMade({ for: subject, own: changed });
      renewKey();
    },
    changeKept: () => {
      if (!kept || !header) return;
      setMade({ for: subject, own: asOwnMapping(kept, header) });
      setChosen(ownMapping);
      renewKey();
    },
    renewKey,
  };
}

function useHeader(file: File | undefined): string[] | null | undefined {
  const { data } = useQuery({
    queryKey: ['import-header', file?.name, file?.size, file?.lastModified],
    enabled: file !== undefined,
    queryFn: async () => (file ? ((await readHeaderOf(file)) ?? null) : null),
  });
  return data;
}
